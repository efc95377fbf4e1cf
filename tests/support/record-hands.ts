import { dayIn } from '../../backend/platform/calendar.ts'
import { createContactTicket } from '../../shared/contacts.ts'
import type { TicketCardView } from '../../shared/tickets.ts'
import type { Desk } from './desk.ts'
import { textOf } from './panel-hands.ts'

/** People who call, and what is noted of them. @param desk the one of a story that has begun */
export function recordHands(desk: () => Pick<Desk, 'as' | 'clock'>) {
  let people = 0
  const next = (): number => ++people
  return {
    next,
    nora: () => desk().as('nora'),
    /** A ticket of a call. */
    called: (who: { email?: string; phone?: string; name?: string } = {}): Promise<TicketCardView> =>
      desk()
        .as('nora')
        .call(createContactTicket, {
          body: {
            customer: { email: `person${next()}@home.example`, phone: null, name: null, ...who },
            channel: 'call',
            subject: 'Broken jar',
            text: 'It leaks.',
            minutes: 1,
          },
        }),
    day: (ahead: number) => dayIn('UTC', new Date(desk().clock.now().getTime() + ahead * 86_400_000)),
    onCard: ({ sections, below }: TicketCardView) =>
      textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null }),
  }
}
