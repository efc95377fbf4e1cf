import type { ActionState, StepKind } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openActionContent } from '../content.ts'
import { type ActionRow, readActions, type StepRow } from '../locking.ts'
import { keeperOf } from '../showing/may.ts'
import { capital, inOneLine, type StepColumns } from '../showing/step-words.ts'

/** What may be told of an action outside its card: the order, the amounts, and how it stands. */
export type ActionOutline = {
  id: string
  /** FF-20418 */
  order: string
  /** «Refund £12.00, gift card £5.00» */
  words: string
  /** Refund, gift card and reship together: £17.00 */
  worth: string
  state: ActionState
  /** Who looks after it: who confirmed it, until it is handed over. */
  keeperId: string
  by: string
  /** A closed code of what stopped it. */
  problem: string | null
  parkedAt: Date | null
  decidedBy: string | null
  decidedAt: Date | null
}

/** @throws DeskError not_found */
export async function outlineOf(ctx: Ctx, tx: Tx, actionId: string): Promise<ActionOutline> {
  const outline = (await outlinesOf(ctx, tx, [actionId])).get(actionId)
  if (!outline) throw new DeskError('not_found', 'There is no such action in this workspace.')
  return outline
}

/** The same of many, in as many statements as of one; who is gone is left out. */
export async function outlinesOf(ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<Map<string, ActionOutline>> {
  const actions = await readActions(tx, ids)
  const decisions = await decisionsOn(tx, ids)
  const approvers = [...decisions.values()].map(({ approverId }) => approverId)
  const names = await namesOf(tx, [...actions.map(({ byId }) => byId), ...approvers])
  const nameOf = (id: string) => names.get(id) ?? 'a former colleague'
  const box = await ctx.keyring.box(tx)
  return new Map(
    actions.map((action): [string, ActionOutline] => {
      const decision = decisions.get(action.id)
      return [
        action.id,
        {
          id: action.id,
          order: openActionContent(box, action.id, action.content).order.name,
          words: capital(wordsOf(action)),
          worth: worthOf(action),
          state: action.state,
          keeperId: keeperOf(action),
          by: nameOf(action.byId),
          problem: action.problem,
          parkedAt: action.parkedAt,
          decidedBy: decision ? nameOf(decision.approverId) : null,
          decidedAt: decision?.decidedAt ?? null,
        },
      ]
    }),
  )
}

export const wordsOf = ({ steps }: Pick<ActionRow, 'steps'>): string => inOneLine(steps.map(columnsOf))

export const worthOf = ({ valueMinor, currency }: Pick<ActionRow, 'valueMinor' | 'currency'>): string =>
  inWords({ minor: Number(valueMinor), currency })

const columnsOf = (step: StepRow): StepColumns => ({
  kind: step.kind satisfies StepKind,
  state: step.state,
  minor: numberOf(step.minor),
  currency: step.currency,
  customerMinor: numberOf(step.customerMinor),
  customerCurrency: step.customerCurrency,
})

const numberOf = (minor: bigint | null) => (minor === null ? null : Number(minor))

/** The newest decision; null while nobody has decided. */
export const decisionOn = async (tx: Tx, actionId: string) => (await decisionsOn(tx, [actionId])).get(actionId) ?? null

/** The newest decision of each action that somebody decided on. */
async function decisionsOn(tx: Tx, ids: readonly string[]) {
  const decisions = await tx.actionApproval.findMany({
    where: { workspaceId: tx.workspaceId, actionId: { in: [...ids] }, decision: { not: null } },
    orderBy: { decidedAt: 'asc' },
  })
  return new Map(decisions.map((one) => [one.actionId, one])) // the last of an action is the newest
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
