import { chooseSending, type SendingChoice } from '../../shared/sending.ts'
import { getTicket, listTimeline, moveTicket, type TicketStatus } from '../../shared/tickets.ts'
import type { Mailed, SlaDesk } from './sla-desk.ts'

/** What people choose for when they send, and what became of a ticket. @param desk the one of a story that has begun */
export function sendingHands(desk: () => SlaDesk) {
  const card = (id: string) =>
    desk()
      .as('nora')
      .call(getTicket, { params: { ticketId: id } })
  return {
    card,
    statusOf: async ({ id }: Mailed) => (await card(id)).status,
    choose: ({ id }: Mailed, when: SendingChoice, who: 'nora' | 'sam' = 'nora') =>
      desk()
        .as(who)
        .call(chooseSending, { params: { ticketId: id }, body: { when } }),
    move: async ({ id }: Mailed, status: TicketStatus) =>
      desk()
        .as('nora')
        .call(moveTicket, { params: { ticketId: id }, body: { status, version: (await card(id)).version } }),
    moves: async ({ id }: Mailed) =>
      (
        await desk()
          .as('nora')
          .call(listTimeline, { params: { ticketId: id } })
      ).items
        .filter(({ type }) => type === 'ticket.moved')
        .map(({ facts }) => `${facts['from']} ${facts['to']}`),
  }
}
