import { endpoint } from './endpoint.ts'
import { WORKERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

export const clearUndeliverable = endpoint('DELETE', '/v1/tickets/:ticketId/undeliverable', {
  summary: "Says that mail to the addresses of this ticket's customer arrives again",
  callers: WORKERS,
  reply: TicketCardView,
})
