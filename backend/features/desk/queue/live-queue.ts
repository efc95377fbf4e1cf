import { QueueName } from '../../../../shared/queues.ts'
import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { parse } from '../../../platform/http.ts'
import { readQueue } from '../../queues/index.ts'
import { type LivePart, livePart } from '../../settings/index.ts'
import { asked } from '../paths.ts'
import { placeOf } from '../place.ts'
import { listHtml } from './list-view.ts'

const PATH = '/desk/live/queues/:view'

/** Tickets that one page of a list shows. */
export const ON_PAGE = 20

export const liveQueuePath = (view: string, of: string | null): string => asked(PATH.replace(':view', view), { of })

/** A list that changes by itself, for one person: what is theirs and what names them is counted in it. */
export const liveQueue: LivePart = livePart(PATH, STAFF_ROLES, async (ctx, { params, query, actor }) => {
  const wanted = { view: parse(QueueName, params['view'], 'path.view'), of: query.get('of') }
  const { clock } = await placeOf(ctx, actor)
  return {
    name: ['queue', wanted.view, wanted.of ?? '', actor.id].join('/'),
    hears: ({ tickets }) => tickets === 'many' || tickets.size > 0,
    render: async () => {
      const queue = await readQueue(ctx, { ...wanted, limit: ON_PAGE }, actor)
      return listHtml(queue, { ...clock, now: queue.now })
    },
  }
})
