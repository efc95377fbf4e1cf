import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import {
  type ActionOutline,
  actionApprovalAsked,
  actionApprovalExpired,
  actionApproved,
  actionDeclined,
  actionParked,
  actionParkedLong,
  askedOf,
  outlineOf,
} from '../combined-actions/index.ts'
import { refundMoneyDecided } from '../finance/index.ts'
import { notifyAtOnce } from './at-once.ts'
import type { Notice } from './notice.ts'
import { notify } from './notifying.ts'
import { peopleOf, person, type Recipient } from './recipients.ts'
import {
  approvedNotice,
  askedNotice,
  declinedNotice,
  expiredNotice,
  inSteadOf,
  parkedLongNotice,
  parkedNotice,
  turnedDownNotice,
} from './words.ts'

/** Reads how the action stands by now, and tells whom it concerns; null tells nobody. */
const tell = (
  ctx: Ctx,
  workspaceId: string,
  actionId: string,
  what: (action: ActionOutline) => Notice | null,
  whom: (tx: Tx, action: ActionOutline) => Promise<Recipient[]> = (tx, { keeperId }) => person(tx, keeperId),
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await outlineOf(ctx, tx, actionId)
    const notice = what(action)
    if (notice) await notify(ctx, tx, await whom(tx, action), notice)
  })

/** As `tell`, its agent; leads while the agent is off shift, or has left. */
const tellAgent = (
  ctx: Ctx,
  workspaceId: string,
  actionId: string,
  what: (action: ActionOutline) => Notice | null,
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await outlineOf(ctx, tx, actionId)
    const notice = what(action)
    if (!notice) return
    const people = await person(tx, action.keeperId)
    await notifyAtOnce(ctx, tx, { people, notice }, { forLeads: inSteadOf(action, notice) })
  })

export const noticeReactions = [
  on(actionParked, 'notices:parked', (ctx: Ctx, workspaceId, { actionId, problem }) =>
    tellAgent(ctx, workspaceId, actionId, (action) =>
      action.state === 'parked' && problem !== 'approval_expired' ? parkedNotice(action) : null,
    ),
  ),

  on(actionParkedLong, 'notices:parked-long', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(
      ctx,
      workspaceId,
      actionId,
      (action) => (action.state === 'parked' ? parkedLongNotice(action) : null),
      (tx) => peopleOf(tx, 'supervisor'),
    ),
  ),

  /** Whoever was asked before and is on duty can give it; else it comes to the one who is asked now, off shift as well. */
  on(actionApprovalAsked, 'notices:approval-asked', (ctx: Ctx, workspaceId, { actionId, approvalId, approverId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const action = await outlineOf(ctx, tx, actionId)
      if (action.state !== 'waiting_approval') return
      const told = { people: await person(tx, approverId), notice: askedNotice(action, approvalId) }
      await notifyAtOnce(ctx, tx, told, { aware: await askedOf(tx, actionId) })
    }),
  ),

  on(actionApproved, 'notices:approved', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(ctx, workspaceId, actionId, approvedNotice),
  ),

  on(actionDeclined, 'notices:declined', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(ctx, workspaceId, actionId, declinedNotice),
  ),

  on(actionApprovalExpired, 'notices:approval-expired', (ctx: Ctx, workspaceId, { actionId }) =>
    tellAgent(ctx, workspaceId, actionId, (action) => (action.state === 'parked' ? expiredNotice(action) : null)),
  ),

  /** A bank refused money after the action was over: the customer does not have it, and the books do not count it. */
  on(refundMoneyDecided, 'notices:refund-turned-down', (ctx: Ctx, workspaceId, { actionId, stepId, failed }) =>
    failed
      ? tell(
          ctx,
          workspaceId,
          actionId,
          (action) => turnedDownNotice(action, stepId),
          async (tx, { keeperId }) =>
            uniquePeople([...(await person(tx, keeperId)), ...(await peopleOf(tx, 'finance'))]),
        )
      : Promise.resolve(),
  ),
]

const uniquePeople = (people: readonly Recipient[]): Recipient[] => [
  ...new Map(people.map((one) => [one.id, one])).values(),
]
