import {
  createBulkAct,
  getBulkAct,
  listBulkActTickets,
  showBulkAct,
  showBulkForm,
  submitBulkForm,
  undoBulkAct,
  undoBulkActFromCard,
} from '../../../../shared/bulk-acts.ts'
import { QueueName } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import { parse } from '../../../platform/http.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { listReport } from './report.ts'
import { bulkActOf } from './rows.ts'
import { showBulk, showBulkFormOf, submitBulk, undoFromCard, viewBulk } from './showing.ts'
import { startIn } from './starting.ts'
import { undoIn } from './undoing.ts'

const onView = (params: { view: string }, query: { of?: string | undefined; cursor?: string | undefined }) => ({
  view: parse(QueueName, params.view, 'path.view'),
  of: query.of ?? null,
  cursor: query.cursor,
})

export const bulkRoutes: readonly Route<Ctx>[] = [
  route(createBulkAct, (ctx: Ctx, { body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => viewBulk(tx, await startIn(tx, body, actor))),
  ),
  route(getBulkAct, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => viewBulk(tx, params.bulkActId), { reads: true }),
  ),
  route(listBulkActTickets, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        await bulkActOf(tx, params.bulkActId)
        return listReport(ctx.signer, tx, params.bulkActId, query)
      },
      { reads: true },
    ),
  ),
  route(undoBulkAct, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => {
      await undoIn(tx, params.bulkActId, actor)
      return viewBulk(tx, params.bulkActId)
    }),
  ),
  route(showBulkForm, (ctx: Ctx, { params, query, actor }) => showBulkFormOf(ctx, onView(params, query), actor)),
  route(submitBulkForm, (ctx: Ctx, { params, query, body, actor }) =>
    submitBulk(ctx, onView(params, query), body.fields, actor),
  ),
  route(showBulkAct, (ctx: Ctx, { params, actor }) => showBulk(ctx, params.bulkActId, actor)),
  route(undoBulkActFromCard, (ctx: Ctx, { params, actor }) => undoFromCard(ctx, params.bulkActId, actor)),
]
