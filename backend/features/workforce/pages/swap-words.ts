import type { LeaveKind, ShiftSwap, SwapState } from '../../../../shared/shifts.ts'
import { shiftWords } from '../shifts/words.ts'

export const LEAVE_WORDS: Record<LeaveKind, string> = {
  holiday: 'holiday',
  ill: 'ill',
  training: 'training',
  other: 'away',
}

export const STATE_WORDS: Record<SwapState, string> = {
  asked: 'not answered yet',
  agreed: 'agreed, not approved yet',
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
}

/** Nora gives 09:00 to 17:00 on Mon, 23 Nov 2026 to Sam, for 12:00 to 20:00 on Tue, 24 Nov 2026. */
export function swapLine(zone: string, { from, to, shift, back }: ShiftSwap): string {
  const words = ({ day, startsAt, endsAt }: ShiftSwap['shift']) =>
    shiftWords(zone, { day, startsAt: new Date(startsAt), endsAt: new Date(endsAt) })
  return `${from.name} gives ${words(shift)} to ${to.name}${back ? `, for ${words(back)}` : ''}.`
}
