import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import { isAbout } from '../../../platform/live/news.ts'
import { type LivePart, livePart } from '../../settings/index.ts'
import { readConversation } from '../../tickets/index.ts'
import { asked } from '../paths.ts'
import { placeOf } from '../place.ts'
import { liveHtml } from './live-view.ts'
import { ON_PAGE } from './reading.ts'
import { standingNow } from './standing-now.ts'

const PATH = '/desk/live/tickets/:ticketId'

export const liveTicketPath = (ticketId: string, version: number): string =>
  asked(PATH.replace(':ticketId', ticketId), { version: String(version) })

/** What a ticket's page shows of it by itself; the same for everybody who opened it at the same version. */
export const liveTicket: LivePart = livePart(PATH, STAFF_ROLES, async (ctx, { params, query, actor }) => {
  const ticketId = params['ticketId'] ?? ''
  const drawn = Number(query.get('version') ?? '0')
  const { clock } = await placeOf(ctx, actor)
  const render = async (workspaceId: string): Promise<string> => {
    const [standing, conversation] = await Promise.all([
      standingNow(ctx, workspaceId, ticketId),
      readConversation(ctx, ticketId, { limit: ON_PAGE }, { workspaceId }),
    ])
    if (!standing) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
    return liveHtml({ ticketId, standing, conversation, clock: { ...clock, now: ctx.clock.now() } }, drawn)
  }
  if (!(await standingNow(ctx, actor.workspaceId, ticketId)))
    throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return { name: `ticket/${ticketId}/${drawn}`, hears: (news) => isAbout(news, ticketId), render }
})
