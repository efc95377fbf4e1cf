import type { ActionState, StepKind } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openActionContent } from '../content.ts'
import { type ActionRow, readAction, type StepRow } from '../locking.ts'
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
  const action = await readAction(tx, actionId)
  const { order } = openActionContent(await ctx.keyring.box(tx), actionId, action.content)
  const decision = await decisionOn(tx, actionId)
  const names = await namesOf(tx, [action.byId, ...(decision ? [decision.approverId] : [])])
  const nameOf = (id: string) => names.get(id) ?? 'a former colleague'
  return {
    id: actionId,
    order: order.name,
    words: capital(wordsOf(action)),
    worth: worthOf(action),
    state: action.state,
    keeperId: keeperOf(action),
    by: nameOf(action.byId),
    problem: action.problem,
    parkedAt: action.parkedAt,
    decidedBy: decision && nameOf(decision.approverId),
    decidedAt: decision?.decidedAt ?? null,
  }
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
export const decisionOn = (tx: Tx, actionId: string) =>
  tx.actionApproval.findFirst({
    where: { workspaceId: tx.workspaceId, actionId, decision: { not: null } },
    orderBy: { decidedAt: 'desc' },
  })

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
