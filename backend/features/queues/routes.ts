import {
  chooseQueue,
  getQueue,
  getQueueSettings,
  QueueName,
  showQueue,
  writeQueueSettings,
} from '../../../shared/queues.ts'
import { listTickets } from '../../../shared/tickets.ts'
import { pressWorkAtHome } from '../../../shared/workforce.ts'
import type { Ctx } from '../../context.ts'
import { parse } from '../../platform/http.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { personOf } from '../combined-actions/index.ts'
import { pressWork, saidOf } from '../workforce/index.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { showChosen, showHome, showView } from './card/showing.ts'
import { listView } from './listing.ts'
import { presentQueue } from './presenting.ts'
import { readQueue } from './reading.ts'
import { savedViewRoutes } from './saved/routes.ts'
import { queueSettingsIn, writeQueueSettings as saveSettings } from './settings.ts'
import { laterRoutes } from './snooze/routes.ts'

const viewIn = (params: { view: string }) => parse(QueueName, params.view, 'path.view')

export const queueRoutes: readonly Route<Ctx>[] = [
  route(listTickets, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listView(ctx, tx, { ...query, me: actor.id }), { reads: true }),
  ),
  route(getQueue, async (ctx: Ctx, { params, query, actor }) => {
    const asked = { view: viewIn(params), of: query.of ?? null, cursor: query.cursor, limit: query.limit }
    return presentQueue(await readQueue(ctx, asked, actor), actor)
  }),
  route(showQueue, (ctx: Ctx, { params, query, actor }) =>
    showView(ctx, { view: viewIn(params), of: query.of ?? null, cursor: query.cursor }, actor),
  ),
  route(chooseQueue, (ctx: Ctx, { body, actor }) => showChosen(ctx, body.fields, actor)),
  route(pressWorkAtHome, async (ctx: Ctx, { query, actor }) => {
    const answer = await pressWork(ctx, query, personOf(actor))
    return { ...(await showHome(ctx, actor)), say: saidOf(query.to, answer) }
  }),
  route(getQueueSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, queueSettingsIn, { reads: true }),
  ),
  route(writeQueueSettings, (ctx: Ctx, { body, actor }) => saveSettings(ctx, body, actor)),
  ...savedViewRoutes,
  ...laterRoutes,
  ...bulkRoutes,
]
