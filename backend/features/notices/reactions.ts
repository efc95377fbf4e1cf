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
  outlineOf,
} from '../combined-actions/index.ts'
import { refundMoneyDecided } from '../finance/index.ts'
import { peopleOf, person, type Recipient } from './recipients.ts'
import { type Notice, notify } from './sending.ts'
import {
  approvedNotice,
  askedNotice,
  declinedNotice,
  expiredNotice,
  parkedLongNotice,
  parkedNotice,
  turnedDownNotice,
} from './words.ts'

type Told = { action: ActionOutline; link: string }

/** Reads how the action stands by now, and tells whom it concerns; null tells nobody. */
const tell = (
  ctx: Ctx,
  workspaceId: string,
  actionId: string,
  what: (told: Told) => Notice | null,
  whom: (tx: Tx, action: ActionOutline) => Promise<Recipient[]> = (tx, { byId }) => person(tx, byId),
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await outlineOf(ctx, tx, actionId)
    const notice = what({ action, link: `${ctx.config.http.pagesUrl}/actions/${actionId}` })
    if (notice) await notify(ctx, tx, await whom(tx, action), notice)
  })

export const noticeReactions = [
  on(actionParked, 'notices:parked', (ctx: Ctx, workspaceId, { actionId, problem }) =>
    tell(ctx, workspaceId, actionId, (told) =>
      told.action.state === 'parked' && problem !== 'approval_expired' ? parkedNotice(told) : null,
    ),
  ),

  on(actionParkedLong, 'notices:parked-long', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(
      ctx,
      workspaceId,
      actionId,
      (told) => (told.action.state === 'parked' ? parkedLongNotice(told) : null),
      (tx) => peopleOf(tx, 'supervisor'),
    ),
  ),

  on(actionApprovalAsked, 'notices:approval-asked', (ctx: Ctx, workspaceId, { actionId, approvalId, approverId }) =>
    tell(
      ctx,
      workspaceId,
      actionId,
      (told) => (told.action.state === 'waiting_approval' ? askedNotice(told, approvalId) : null),
      (tx) => person(tx, approverId),
    ),
  ),

  on(actionApproved, 'notices:approved', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(ctx, workspaceId, actionId, approvedNotice),
  ),

  on(actionDeclined, 'notices:declined', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(ctx, workspaceId, actionId, declinedNotice),
  ),

  on(actionApprovalExpired, 'notices:approval-expired', (ctx: Ctx, workspaceId, { actionId }) =>
    tell(ctx, workspaceId, actionId, (told) => (told.action.state === 'parked' ? expiredNotice(told) : null)),
  ),

  /** A bank refused money after the action was over: the customer does not have it, and the books do not count it. */
  on(refundMoneyDecided, 'notices:refund-turned-down', (ctx: Ctx, workspaceId, { actionId, stepId, failed }) =>
    failed
      ? tell(
          ctx,
          workspaceId,
          actionId,
          (told) => turnedDownNotice(told, stepId),
          async (tx, { byId }) => uniquePeople([...(await person(tx, byId)), ...(await peopleOf(tx, 'finance'))]),
        )
      : Promise.resolve(),
  ),
]

const uniquePeople = (people: readonly Recipient[]): Recipient[] => [
  ...new Map(people.map((one) => [one.id, one])).values(),
]
