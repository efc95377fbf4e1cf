import { askFigure, listMetrics, listReports, readReport, readReports } from '../../../shared/analytics.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { figureOf } from './figures/asking.ts'
import { metricViews } from './metrics/index.ts'
import { freshnessIn } from './reading/freshness.ts'
import { listedReports } from './reports/listing.ts'
import { reportOf } from './reports/reading.ts'
import { reportsOf } from './reports/reading-many.ts'

export const analyticsRoutes = [
  route(listMetrics, async (ctx: Ctx) => ({ items: metricViews(), freshness: await freshnessIn(ctx, true) })),
  route(askFigure, (ctx: Ctx, { query, actor }) => figureOf(ctx, actor.workspaceId, query)),
  route(listReports, (ctx: Ctx, { actor }) => listedReports(ctx, actor.workspaceId)),
  route(readReport, (ctx: Ctx, { params, query, actor }) => reportOf(ctx, actor.workspaceId, params.report, query)),
  route(readReports, (ctx: Ctx, { body, actor }) => reportsOf(ctx, actor.workspaceId, body.readings)),
]
