import { QueueName } from '../../../../shared/queues.ts'
import { PEOPLE_AT_WORK, STAFF_ROLES } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { parse } from '../../../platform/http.ts'
import { readQueue } from '../../queues/index.ts'
import { LIVE_SCRIPT, liveLine, type Page, page, type Visit } from '../../settings/index.ts'
import { liveWorkStrip, pressedWords } from '../../workforce/index.ts'
import { HOME, queuePath } from '../paths.ts'
import { placeOf } from '../place.ts'
import { titleOf } from '../queue/list-view.ts'
import { ON_PAGE } from '../queue/live-queue.ts'
import { aboveView, moreView, queueView } from '../queue/queue-view.ts'
import { saidIn } from '../said.ts'
import { teamPlace } from '../supervisor/live.ts'
import { saidView } from '../ticket/ticket-view.ts'

/** Where work begins: how one stands, what is one's own, and the ways to all the rest. */
export const queuePages: readonly Page[] = [
  page(HOME, STAFF_ROLES, showHome, 'Desk'),
  page('/desk/queues/:view', STAFF_ROLES, showQueue),
]

const AT_WORK: readonly string[] = PEOPLE_AT_WORK

async function showHome(ctx: Ctx, visit: Visit) {
  const [queue, place, strip, team] = await Promise.all([
    readQueue(ctx, { view: 'mine', of: null, limit: ON_PAGE }, visit.actor),
    placeOf(ctx, visit.actor),
    AT_WORK.includes(visit.actor.role) ? liveWorkStrip(ctx, visit, HOME) : null,
    teamPlace(ctx, visit),
  ])
  const pressed = pressedWords(visit)
  const body = html`
    <h1>Desk</h1>
    ${pressed && html`<p class="good" role="status">${pressed}</p>`}
    ${saidView(saidIn(ctx.signer, visit))}
    ${strip}
    ${team}
    ${aboveView(visit, queue, place, HOME)}
    ${queueView(queue, place, true)}
    ${moreView(queue, visit)}
    ${liveLine(HOME)}`
  return { title: 'Desk', body, scripts: [LIVE_SCRIPT] }
}

async function showQueue(ctx: Ctx, visit: Visit) {
  const { params, query, actor } = visit
  const view = parse(QueueName, params['view'], 'path.view')
  const cursor = query.get('cursor') ?? undefined
  const [queue, place] = await Promise.all([
    readQueue(ctx, { view, of: query.get('of'), cursor, limit: ON_PAGE }, actor),
    placeOf(ctx, actor),
  ])
  const isFirst = cursor === undefined
  const body = html`
    <h1>Tickets</h1>
    ${saidView(saidIn(ctx.signer, visit))}
    ${queueView(queue, place, isFirst)}
    ${moreView(queue, visit)}
    ${isFirst && liveLine(queuePath(view, { of: queue.wanted.of }))}`
  return { title: titleOf(queue), body, ...(isFirst && { scripts: [LIVE_SCRIPT] }) }
}
