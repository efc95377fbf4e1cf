import type { TicketCardView, TicketSummary } from '../../../shared/tickets.ts'
import { DAY } from '../../scenarios/busy-day/people.ts'
import { LEFTOVERS } from '../../scenarios/busy-day/yesterday.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import { callAs } from '../desk-api.ts'
import type { Desk } from './working.ts'

/** After the first coffee, one after the other. */
const FIRST = DAY.from + 30
const EVERY = 10

/** Answers on the card what waits since yesterday and is due in these minutes. */
export async function answerLeftovers(desk: Desk, from: number, to: number): Promise<void> {
  const due = LEFTOVERS.filter((_, place) => FIRST + place * EVERY >= from && FIRST + place * EVERY < to)
  for (const { subject, by, text, sending } of due) {
    const call = <T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object) =>
      callAs(desk.google, `${by}@${SHOP.domain}`, `${desk.url}/v1/${path}`, method, body) as Promise<T>
    const { items } = await call<{ items: TicketSummary[] }>('GET', 'tickets?view=open&limit=100')
    const found = items.find((one) => one.subject === subject)
    if (!found) continue // somebody has closed it meanwhile
    const { id, version, me } = await call<TicketCardView>('GET', `tickets/${found.id}`)
    await call('PUT', `tickets/${id}/assignment`, { assigneeId: me.id, version })
    await call('PUT', `tickets/${id}/sending`, { when: sending })
    await call('POST', `tickets/${id}/replies`, { text })
  }
}
