import { createTicket, getTicket, type TicketCardView } from '../../shared/tickets.ts'
import { getKeywords } from '../../shared/triage.ts'
import { type Desk, startDesk } from './desk.ts'
import { visitor } from './visitor.ts'

/** A desk that reads English and German, as its admin set it on the page. */
export async function startTriageDesk(): Promise<Desk> {
  const desk = await startDesk()
  const words = { name: 'Fern & Fig', timeZone: 'UTC', language: 'en', languages: 'de' }
  const { status } = await visitor(desk, 'ada').send('/settings/workspace', words)
  if (status !== 200) throw new Error(`The workspace was not saved: ${status}`)
  return desk
}

/** Mails that are judged by their words. @param desk the one of a story that has begun */
export function triageHands(desk: () => Desk) {
  let made = 0
  const next = (): number => ++made
  return {
    next,
    /** A ticket of a mail that came from a customer who never wrote before, unless given. */
    written: (text: string, { subject = 'Jar', from = `c${next()}@home.example` } = {}): Promise<TicketCardView> => {
      const sentAt = desk().clock.now().toISOString()
      const body = { messageId: `<t${next()}@home.example>`, subject, from, sentAt, text }
      return desk().as('nora').call(createTicket, { body })
    },
    described: ({ number, sections, below }: TicketCardView) => ({
      title: number,
      subtitle: null,
      sections: [...sections, ...below],
      say: null,
    }),
    cardOf: (ticketId: string) => desk().as('nora').call(getTicket, { params: { ticketId } }),
    keywords: () => desk().as('ada').call(getKeywords),
  }
}
