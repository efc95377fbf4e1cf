import type { TicketPriority } from '../../../../shared/tickets.ts'

/** One step up; above urgent there is nothing. */
export const RAISED: Record<TicketPriority, TicketPriority> = {
  low: 'normal',
  normal: 'high',
  high: 'urgent',
  urgent: 'urgent',
}
