import type { Express, Request, Response } from 'express'
import type { StaffRole } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import type { LiveTopic } from '../../../platform/live/hub.ts'
import { partId } from '../../../platform/live/stream.ts'
import type { Viewer } from '../../../platform/live/viewers.ts'
import { paramsIn } from '../../../platform/paths.ts'
import { type PageSession, sessionOf } from '../page-sessions.ts'
import { broughtBack } from './cookies.ts'
import { enter } from './manners.ts'
import { admit, checkedParams, visitOf } from './mounting.ts'
import type { View, Visit } from './page.ts'

/** A part of a page that the server keeps up to date while somebody looks. */
export type LivePart = {
  path: string
  roles: readonly StaffRole[]
  topic(ctx: Ctx, visit: Visit): Promise<LiveTopic>
}

/**
 * @param path by which a page asks for it
 * @param roles nobody else may
 * @param topic what is shown; refuses what the visitor may not see, because it is asked once and then only the roles are
 */
export const livePart = (path: string, roles: readonly StaffRole[], topic: LivePart['topic']): LivePart => ({
  path,
  roles,
  topic,
})

/** The script that pages with a live part name. */
export const LIVE_SCRIPT = '/scripts/live.js'

/** Where a browser listens to all live parts of its page at once: it keeps few lines to one host. */
const STREAM = '/desk/live'

/** Where a live part stands in its page. @param path of the part, with what it is asked for @param part the HTML that its topic made */
export const livePlace = (path: string, part: string) =>
  streamedPlace(`${STREAM}?${new URLSearchParams({ part: path })}`, part)

/** The same for a page that has a stream of its own. @param address of the stream, as far as this part asks for it */
export const streamedPlace = (address: string, part: string) => html`
  <div data-live=${`${address}${address.includes('?') ? '&' : '?'}seen=${partId(part)}`} dangerouslySetInnerHTML=${{ __html: part }}></div>`

/**
 * Says whether the live parts of a page are up to date; once on the page.
 * @param refresh the path of the page, for browsers without the script, or a button that draws it anew with what was typed
 */
export const liveLine = (refresh: string | View) => html`
  <p class="soft"><span id="live" role="status"></span> ${typeof refresh === 'string' ? html`<a class="quiet" href=${refresh}>Refresh</a>` : refresh}</p>`

export function mountLiveParts(app: Express, ctx: Ctx, parts: readonly LivePart[]): void {
  app.get(STREAM, (request, response) => answer(ctx, parts, request, response))
}

/** In so many windows at once; a browser in the background lets go of them. */
const MOST_OF_PERSON = 20

async function answer(ctx: Ctx, parts: readonly LivePart[], request: Request, response: Response): Promise<void> {
  await enter(ctx, request, response, `GET ${STREAM}`)
  const kept = broughtBack(ctx, request, 'session')
  const session = await sessionOf(ctx, kept)
  if (!session) throw new DeskError('unauthenticated', SIGNED_OUT)
  await ctx.rateLimiter.count('actor', session.actor.id)
  const visit = visitOf(ctx, session, request)
  const [paths, seen] = [visit.query.getAll('part'), visit.query.getAll('seen')]
  if (paths.length === 0 || paths.length > MOST_PARTS)
    throw new DeskError('invalid_request', `Name the parts of the page, ${MOST_PARTS} at most.`)
  const topics = await Promise.all(paths.map((path) => topicAt(ctx, parts, visit, path)))
  ctx.live.watch(
    response,
    viewerOf(ctx, session, kept),
    topics.map((topic, at) => ({ topic, seen: seen[at] ?? null })),
  )
}

const SIGNED_OUT = 'You are not signed in any more. Open the page again.'

/** That no page of ours needs; each is a making of its own. */
const MOST_PARTS = 5

/** @throws DeskError not_found for a part that there is not, forbidden for one that the visitor may not see */
async function topicAt(ctx: Ctx, parts: readonly LivePart[], visit: Visit, path: string): Promise<LiveTopic> {
  const [pathname = '', query = ''] = path.split('?', 2)
  for (const part of parts) {
    const found = paramsIn(part.path, pathname)
    if (!found) continue
    await admit(ctx, { ...part, method: 'GET' }, visit.actor)
    const asked = { ...visit, params: checkedParams(part, found), query: new URLSearchParams(query) }
    return maskedBy(ctx, await part.topic(ctx, asked))
  }
  throw new DeskError('not_found', 'There is no such part of a page.')
}

const viewerOf = (ctx: Ctx, { id, actor }: PageSession, kept: string): Viewer => ({
  workspaceId: actor.workspaceId,
  id: actor.id,
  most: MOST_OF_PERSON,
  proof: id,
  refusal: () => refusalOf(ctx, actor, kept),
})

async function refusalOf(ctx: Ctx, { role }: StaffActor, kept: string): Promise<string | null> {
  const now = await sessionOf(ctx, kept)
  if (!now) return SIGNED_OUT
  return now.actor.role === role ? null : 'You have another role now. Open the page again.'
}

/** As every page is. */
const maskedBy = ({ mask }: Ctx, topic: LiveTopic): LiveTopic => ({
  ...topic,
  render: async (workspaceId) => mask(await topic.render(workspaceId)),
})
