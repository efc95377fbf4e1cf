import type { EscalationReason, SlaTarget } from '../../../../shared/sla.ts'
import type { TicketStatus } from '../../../../shared/tickets.ts'

export const TARGET_WORDS: Record<SlaTarget, string> = {
  first: 'First answer',
  next: 'Next answer',
  resolution: 'Solution',
}

export const REASON_WORDS: Record<EscalationReason, string> = {
  needs_expert: 'Needs somebody who knows more',
  angry_customer: 'Angry customer',
  money_above_limit: 'Money above my limit',
  legal: 'Legal question',
  safety: 'Somebody may get hurt',
  other: 'Something else',
}

/** Why clocks stand still. */
export const STILL_WORDS: Partial<Record<TicketStatus, string>> = {
  pending: 'waits for the customer',
  on_hold: 'on hold',
}

const HOUR = 60
const DAY = 24 * HOUR

/** How minutes are counted: all of them, or those of open hours, whose days do not have 24. */
type Unit = 'minutes' | 'business_minutes'

/** 90 -> `1 h 30 min`, 2880 -> `2 days`, of open hours `48 h`. @param minutes whole */
export function minutesInWords(minutes: number, unit: Unit = 'minutes'): string {
  if (unit === 'minutes' && minutes >= DAY && minutes % DAY === 0)
    return minutes === DAY ? '24 h' : `${minutes / DAY} days`
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR]
  if (hours === 0) return `${rest} min`
  const many = hours.toLocaleString('en')
  return rest === 0 ? `${many} h` : `${many} h ${rest} min`
}
