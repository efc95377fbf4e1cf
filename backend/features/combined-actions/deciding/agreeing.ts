import type { ActionState } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { systemOf } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { actionApprovalExpired, actionApproved, actionDeclined } from '../events.ts'
import { type ActionRow, changeAction, lockAction } from '../locking.ts'
import { park } from '../parking.ts'
import { wake, wakeAt } from '../queueing.ts'
import { endEarly, type Withdrawn } from './withdrawing.ts'

type Agreed = { actionId: string; by: Pick<Actor, 'kind' | 'id'>; undoSeconds: number }

/**
 * Lets an action go on that waited for approval; it can be taken back for a moment, as any other. The caller writes the decision down.
 * @throws DeskError already_done when it does not wait any more
 */
export async function approveAction(tx: Tx, { actionId, by, undoSeconds }: Agreed): Promise<void> {
  const action = await lockWaiting(tx, actionId)
  const waits = action.movesMoney && undoSeconds > 0
  const state: ActionState = waits ? 'undoable' : 'running'
  const leavesAt = new Date(tx.now.getTime() + (waits ? undoSeconds * 1_000 : 0))
  await changeAction(tx, actionId, { state, leavesAt })
  await record(tx, [actionApproved({ ticketId: action.ticketId, actionId, by })])
  await wake(tx, actionId)
  if (waits) await wakeAt(tx, actionId, leavesAt)
}

/** Ends an action that waited for approval; held goods are let go. @throws DeskError already_done when it does not wait any more */
export async function declineAction(
  ctx: Ctx,
  tx: Tx,
  { actionId, by }: Omit<Agreed, 'undoSeconds'>,
): Promise<Withdrawn> {
  const action = await lockWaiting(tx, actionId)
  return endEarly(ctx, tx, action, { as: 'declined', by, event: actionDeclined })
}

/** Nobody has decided: back to the agent, with the goods still held. One that does not wait any more is left alone. */
export async function expireApproval(ctx: Ctx, tx: Tx, actionId: string): Promise<void> {
  const action = await lockAction(tx, actionId)
  if (action.state !== 'waiting_approval') return
  const { ticketId } = action
  await record(tx, [actionApprovalExpired({ ticketId, actionId, by: systemOf(tx.workspaceId) })])
  await park(tx, await ctx.keyring.box(tx), action, { problem: 'approval_expired', words: EXPIRED })
}

const EXPIRED = 'Nobody agreed within 24 hours. Go on to ask again, or take it back.'

async function lockWaiting(tx: Tx, actionId: string): Promise<ActionRow> {
  const action = await lockAction(tx, actionId)
  if (action.state !== 'waiting_approval')
    throw new DeskError('already_done', 'This action does not wait for approval any more. Look at it again.')
  return action
}

/** Whether a second person has agreed to an action, as it was or with less. */
export async function isAgreed(tx: Tx, actionId: string): Promise<boolean> {
  const decided = await tx.actionApproval.count({
    where: { workspaceId: tx.workspaceId, actionId, decision: { in: ['approved', 'lowered'] } },
  })
  return decided > 0
}
