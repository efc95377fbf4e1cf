import { z } from 'zod'
import { ShiftSource } from '../../../../shared/shifts.ts'
import { event } from '../../../platform/events.ts'

const ofUse = z.object({ templateId: z.uuid(), staffId: z.uuid() })
export const templateGiven = event('shift_template.given', ofUse)
export const templateEnded = event('shift_template.ended', ofUse)

/** A day was planned by hand, or by a file, or given back to the template; `day` is YYYY-MM-DD. */
export const dayPlanned = event(
  'shift.planned',
  z.object({ staffId: z.uuid(), day: z.iso.date(), source: ShiftSource, shifts: z.int() }),
)
export const shiftsImported = event('shift.imported', z.object({ days: z.int(), unchanged: z.int() }))

/** Without its kind: whether somebody is ill is told to nobody else. */
const ofLeave = z.object({ leaveId: z.uuid(), staffId: z.uuid() })
export const leaveAdded = event('leave.added', ofLeave)
export const leaveRemoved = event('leave.removed', ofLeave)

const ofSwap = z.object({ swapId: z.uuid(), fromId: z.uuid(), toId: z.uuid() })
export const swapOffered = event('shift_swap.offered', ofSwap)
export const swapAgreed = event('shift_swap.agreed', ofSwap)
export const swapApproved = event('shift_swap.approved', ofSwap)
/** By the colleague, or by a supervisor. */
export const swapDeclined = event('shift_swap.declined', ofSwap)
export const swapWithdrawn = event('shift_swap.withdrawn', ofSwap)
