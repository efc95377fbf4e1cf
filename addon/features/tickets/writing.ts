import type { TicketCardView } from '../../../shared/tickets.ts'
import type { TicketWrite } from './parameters.ts'

/** The view's version and key, as a button carries them. */
export const writeOf = (ticket: TicketCardView): TicketWrite => ({
  ticketId: ticket.id,
  version: String(ticket.version),
  key: ticket.key,
})

/** Why this person cannot work on tickets; null when they may. */
export const whyNoWork = ({ me }: TicketCardView): string | null =>
  me.mayWork ? null : 'Your role may look at tickets, not work on them.'

/** Why this ticket cannot be changed now; null when it can. */
export const whyNot = (ticket: TicketCardView): string | null =>
  whyNoWork(ticket) ?? (ticket.voidReason ? 'This ticket is void. Bring it back first.' : null)
