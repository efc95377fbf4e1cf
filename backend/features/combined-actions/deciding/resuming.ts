import type { ActionState } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { lookUpAgain, planAll } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { keepContent, openActionContent, plannedOf } from '../content.ts'
import { actionResumed } from '../events.ts'
import { type ActionRow, changeAction, changeStep, lockAction } from '../locking.ts'
import { wake, wakeAt } from '../queueing.ts'
import { mayOf } from '../showing/may.ts'
import { entryOf, gidOfOrder } from '../step-entries.ts'
import { isAgreed } from './agreeing.ts'
import { isInHand } from './undoing.ts'

/**
 * Goes on with a parked action. What was refused is asked for once more under a new key; what nobody saw the end of is only looked up;
 * what somebody else changed about the order counts as seen. Pressed twice it is one.
 * @throws DeskError not_found, forbidden, or move_not_allowed when it is over
 */
export const resumeAction = (ctx: Ctx, actionId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    if (GOES_ON.has(action.state) && isInHand(action, by)) return
    if (!mayOf(action, by).includes('resume')) throw refusal(action, by)
    const box = await ctx.keyring.box(tx)
    await acceptWhatMoved(tx, box, action)
    await askRefusedAgain(tx, box, action, by)
    await lookUpOpenOnes(tx, action)
    const state = await nextState(tx, action)
    await changeAction(tx, actionId, { state, parkedAt: null, remindedAt: null, problem: null, problemWords: null })
    if (state === 'waiting_approval') await forgetAsked(tx, actionId)
    await record(tx, [actionResumed({ ticketId: action.ticketId, actionId, by })])
    await wake(tx, actionId)
    if (state === 'undoable' && action.leavesAt) await wakeAt(tx, actionId, action.leavesAt)
  })

const GOES_ON: ReadonlySet<ActionState> = new Set(['waiting_approval', 'undoable', 'running'])

const refusal = (action: ActionRow, by: Actor): DeskError =>
  isInHand(action, by)
    ? new DeskError('move_not_allowed', 'This action is over: there is nothing to go on with.')
    : new DeskError('forbidden', 'Only whoever looks after an action, or a supervisor, may go on with it.')

/** The agent has read what changed: from here on only what changes later counts. */
async function acceptWhatMoved(tx: Tx, box: Box, action: ActionRow): Promise<void> {
  const content = openActionContent(box, action.id, action.content)
  if (action.problem !== 'moved' || !content.seen) return
  const plan = { ...content.plan, standing: content.seen }
  await keepContent(tx, box, action.id, { ...content, plan, seen: null })
}

/** Shopify said that it did nothing, so it is a new request with a key of its own. */
async function askRefusedAgain(tx: Tx, box: Box, action: ActionRow, by: Actor): Promise<void> {
  const content = openActionContent(box, action.id, action.content)
  const { ticketId, shopId, id: actionId } = action
  const again = action.steps.flatMap((step) => {
    const send = step.state === 'refused' ? plannedOf(content, step.kind)?.request : undefined
    return send ? [{ stepId: step.id, entryId: newId(tx.now), send }] : []
  })
  if (again.length === 0) return
  const orderId = await gidOfOrder(tx, action.orderId)
  const entries = again.map(({ entryId: id, stepId, send }) =>
    entryOf({ id, stepId, send, actionId, shopId, orderId, ticketId, by }),
  )
  await planAll(tx, box, entries)
  for (const { stepId, entryId } of again)
    await changeStep(tx, stepId, { state: 'planned', entryId, problemWords: null })
}

async function lookUpOpenOnes(tx: Tx, { steps }: ActionRow): Promise<void> {
  for (const { id, state, entryId } of steps) {
    if (state !== 'needs_person' || entryId === null) continue
    await lookUpAgain(tx, entryId)
    await changeStep(tx, id, { state: 'unknown' })
  }
}

/** Where it stood before; what nobody has agreed to goes back to be agreed to. */
async function nextState(tx: Tx, { id, causes, leavesAt }: ActionRow): Promise<ActionState> {
  if (causes.length > 0 && !(await isAgreed(tx, id))) return 'waiting_approval'
  return leavesAt !== null && leavesAt > tx.now ? 'undoable' : 'running'
}

/** A new round begins: whoever was asked before is asked again, and the day that they have is a new one. */
async function forgetAsked(tx: Tx, actionId: string): Promise<void> {
  await tx.actionApproval.deleteMany({ where: { workspaceId: tx.workspaceId, actionId, decision: null } })
}
