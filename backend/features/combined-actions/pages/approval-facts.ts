import type { ActionState, ApprovalCause } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { refuseInvolved, refuseUnentitled, weighingOf } from '../approving/authority.ts'
import { statedAmount } from '../approving/lowering.ts'
import { namesOf, wordsOf } from '../approving/outline.ts'
import type { ActionRow } from '../locking.ts'
import { causeWords } from '../rules/cause-words.ts'
import { givenSoFar, pendingOf } from '../rules/given.ts'
import { compensationWords } from '../rules/limits.ts'
import { type Shown, showAction } from '../showing/presenting.ts'

/** All that a page about one action says. */
export type ApprovalFacts = {
  id: string
  state: ActionState
  order: string
  customer: string
  by: string
  reason: string
  words: string
  /** Refund, gift card and reship together. */
  value: Money
  createdAt: Date
  leavesAt: Date | null
  timeZone: string
  steps: { words: string; state: string; problem: string | null }[]
  notices: string[]
  causes: string[]
  compensation: string
  problem: string | null
  refund: Money | null
  giftCard: Money | null
  earlier: { words: string; state: ActionState; by: string; at: Date }[]
  asked: string[]
  decision: { by: string; what: string; word: string | null; at: Date } | null
  /** Why this person may not approve it, or not even decline it; null when they may. */
  cannotApprove: string | null
  cannotDecide: string | null
}

/** @throws DeskError not_found, also for an action of another workspace */
export const approvalFacts = (ctx: Ctx, actionId: string, actor: StaffActor): Promise<ApprovalFacts> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const shown = await showAction(ctx, tx, actionId, actor)
      const { action } = shown
      const weighing = await weighingOf(tx, action)
      const value = { minor: Number(action.valueMinor), currency: action.currency }
      const box = await ctx.keyring.box(tx)
      return {
        ...saidIn(shown),
        value,
        timeZone: weighing.timeZone,
        compensation: compensationWords(await givenSoFar(tx, weighing), pendingOf(action)),
        earlier: await earlierOn(tx, action),
        ...(await approvalsOf(tx, box, actionId)),
        cannotApprove: await refusalOf(() => refuseUnentitled(tx, shown, actor, value.minor)),
        cannotDecide: await refusalOf(() => refuseInvolved(tx, shown, actor)),
      }
    },
    { reads: true },
  )

function saidIn({ action, content, view }: Shown) {
  const { plan, order } = content
  const stated = (kind: 'refund' | 'gift_card') => {
    const step = plan.steps.find((one) => one.kind === kind)
    return step ? statedAmount(step) : null
  }
  return {
    id: action.id,
    state: action.state,
    order: order.name,
    customer: order.customer,
    by: view.by.name,
    reason: view.reason,
    words: wordsOf(action),
    createdAt: action.createdAt,
    leavesAt: action.leavesAt,
    steps: view.steps.map(({ words, state, problem }) => ({ words, state, problem })),
    notices: plan.notices,
    causes: (action.causes as ApprovalCause[]).map(causeWords),
    problem: view.problem,
    refund: stated('refund'),
    giftCard: stated('gift_card'),
  }
}

const EARLIER = 5

async function earlierOn(tx: Tx, { id, orderId }: ActionRow): Promise<ApprovalFacts['earlier']> {
  const rows = (await tx.combinedAction.findMany({
    where: { workspaceId: tx.workspaceId, orderId, id: { not: id } },
    include: { steps: { orderBy: { position: 'asc' } } },
    orderBy: { createdAt: 'desc' },
    take: EARLIER,
  })) as ActionRow[]
  const names = await namesOf(
    tx,
    rows.map(({ byId }) => byId),
  )
  return rows.map((row) => ({
    words: wordsOf(row),
    state: row.state,
    by: names.get(row.byId) ?? 'a former colleague',
    at: row.createdAt,
  }))
}

async function approvalsOf(tx: Tx, box: Box, actionId: string): Promise<Pick<ApprovalFacts, 'asked' | 'decision'>> {
  const rows = await tx.actionApproval.findMany({
    where: { workspaceId: tx.workspaceId, actionId },
    orderBy: { askedAt: 'asc' },
  })
  const names = await namesOf(
    tx,
    rows.map(({ approverId }) => approverId),
  )
  const nameOf = (id: string) => names.get(id) ?? 'a former colleague'
  const decided = rows.find(({ decision }) => decision !== null)
  return {
    asked: rows.map(({ approverId }) => nameOf(approverId)),
    decision: decided?.decidedAt
      ? {
          by: nameOf(decided.approverId),
          what: decided.decision ?? '',
          word: decided.word && box.openText('action_approval.word', decided.id, decided.word),
          at: decided.decidedAt,
        }
      : null,
  }
}

async function refusalOf(ask: () => Promise<void>): Promise<string | null> {
  try {
    await ask()
    return null
  } catch (error) {
    if (error instanceof DeskError) return error.message
    throw error
  }
}
