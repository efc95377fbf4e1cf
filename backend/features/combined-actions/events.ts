import { z } from 'zod'
import { StepKind } from '../../../shared/combined-actions.ts'
import { event } from '../../platform/events.ts'

/** Why an action stands still, or runs with trouble. */
export const PROBLEMS = [
  'refused',
  'moved',
  'unclear',
  'shop_access',
  'desk_outdated',
  'approval_expired',
  'unknown_end',
  'no_answer',
] as const
export type Problem = (typeof PROBLEMS)[number]

const ofAction = z.object({ ticketId: z.uuid(), actionId: z.uuid() })
const ofStep = ofAction.extend({ stepId: z.uuid(), kind: StepKind })

/** Somebody began to fill in a form on an order. */
export const actionFormOpened = event('action.form_opened', z.object({ ticketId: z.uuid(), orderId: z.uuid() }))
export const actionConfirmed = event(
  'action.confirmed',
  ofAction.extend({ orderId: z.uuid(), state: z.enum(['waiting_approval', 'undoable', 'running']) }),
)
export const actionStepDone = event('action.step_done', ofStep)
export const actionStepRefused = event('action.step_refused', ofStep)
export const actionParked = event('action.parked', ofAction.extend({ problem: z.enum(PROBLEMS) }))
/** Nobody has looked after it for half an hour. */
export const actionParkedLong = event('action.parked_long', ofAction)
export const actionResumed = event('action.resumed', ofAction)
/** Somebody else looks after it from now on. */
export const actionHandedOn = event('action.handed_on', ofAction.extend({ fromId: z.uuid(), toId: z.uuid() }))
export const actionUndone = event('action.undone', ofAction)
export const actionStopped = event('action.stopped', ofAction)
export const actionEnded = event('action.ended', ofAction)

export const actionApprovalAsked = event(
  'action.approval_asked',
  ofAction.extend({ approvalId: z.uuid(), approverId: z.uuid() }),
)
export const actionApproved = event('action.approved', ofAction)
export const actionDeclined = event('action.declined', ofAction)
export const actionApprovalExpired = event('action.approval_expired', ofAction)
