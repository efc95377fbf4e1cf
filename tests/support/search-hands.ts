import { type SearchOrder, searchTickets } from '../../shared/search.ts'
import { createTicket, getTicket, type TicketCardView, tagTicket } from '../../shared/tickets.ts'
import type { Desk, StaffName } from './desk.ts'

type Mail = { subject?: string; text?: string; from?: string; days?: number; answers?: string }
type More = { order?: SearchOrder; cursor?: string; limit?: number }

/** Mails that are there to be found, and how they are asked for. @param desk the one of a story that has begun */
export function searchHands(desk: () => Desk) {
  let made = 0
  const next = (): number => ++made
  const as = (who: StaffName) => desk().as(who)

  /** A ticket that Nora made of a mail in front of her. */
  const given = ({
    subject = 'Hello',
    text = 'Nothing.',
    from = 'Ada Lovell <ada@ada.example>',
    days = 0,
    answers,
  }: Mail) =>
    as('nora').call(createTicket, {
      body: {
        messageId: `<search-${next()}@ada.example>`,
        references: answers === undefined ? [] : [answers],
        subject,
        from,
        sentAt: new Date(desk().clock.now().getTime() - days * 86_400_000 - (1_000 - made)).toISOString(),
        text,
      },
    })

  const ask = (q: string, more: More = {}, who: StaffName = 'nora') =>
    as(who).call(searchTickets, { query: { order: 'newest', limit: 20, ...more, q } })

  const subjects = async (q: string, more: More = {}, who?: StaffName) =>
    (await ask(q, more, who)).items.map(({ subject }) => subject)

  const fresh = ({ id }: TicketCardView) => as('nora').call(getTicket, { params: { ticketId: id } })

  const tag = ({ id }: TicketCardView, ...add: string[]) =>
    as('nora').call(tagTicket, { params: { ticketId: id }, body: { add } })

  return { given, ask, subjects, fresh, tag, next }
}
