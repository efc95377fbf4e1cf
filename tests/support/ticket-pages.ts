import { getTicket, listMessages } from '../../shared/tickets.ts'
import { mailAt, someone } from './customer-mail.ts'
import type { Desk, StaffName } from './desk.ts'
import { pageReader } from './page-reader.ts'

const PEOPLE = ['nora', 'sam', 'vera', 'rhea', 'frank'] as const

/** Pages of tickets, and who reads them. */
export function ticketPages(desk: Desk) {
  const mail = mailAt(desk)
  const readers = Object.fromEntries(PEOPLE.map((name) => [name, pageReader(desk, name)])) as Record<
    (typeof PEOPLE)[number],
    ReturnType<typeof pageReader>
  >
  return {
    mail,
    readers,
    ticketOf: (ticketId: string, who: StaffName = 'vera') => desk.as(who).call(getTicket, { params: { ticketId } }),
    /** A new ticket, and its page before Nora. */
    async opened(text = 'The jar was broken.') {
      const from = someone()
      const { id, number } = await mail.cardOfNew({ from, text })
      const path = `/desk/tickets/${id}`
      await readers.nora.open(path)
      return { id, number, from, path }
    },
    notesOn: async (ticketId: string) =>
      (await desk.as('vera').call(listMessages, { params: { ticketId } })).items
        .filter(({ direction }) => direction === 'note')
        .map(({ text }) => text),
  }
}

export type TicketPages = ReturnType<typeof ticketPages>
