import type { getQueue } from '../../../shared/queues.ts'
import type { TicketView } from '../../../shared/tickets.ts'
import { call } from '../../api.ts'
import type { Reader } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Card } from '../../kit/card.ts'
import type { Shown } from '../../kit/response.ts'
import { queueCard } from './queue-card.ts'

/** The homepage: what one person should look at first. */
export const queueNow = (reader: Reader, view: string, cursor?: string): Card =>
  queueCard(
    call<typeof getQueue>('GET', '/v1/queues/:view', {
      params: { view: view as TicketView },
      query: { cursor, limit: 10 },
    }),
    reader,
  )

export const openQueue = ({ parameter, reader }: Given<'openQueue'>): Shown => ({
  push: queueNow(reader, parameter('view')),
})

export const showQueue = ({ parameter, reader }: Given<'showQueue'>): Shown => ({
  update: queueNow(reader, parameter('view')),
})

/** The next page lies on top, so that the back arrow leads to the one before. */
export const moreOfQueue = ({ parameter, reader }: Given<'moreOfQueue'>): Shown => ({
  push: queueNow(reader, parameter('view'), parameter('cursor')),
})
