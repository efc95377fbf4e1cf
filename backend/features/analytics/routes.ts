import {
  askFigure,
  explainTicketFigures,
  exportActions,
  exportReport,
  exportTickets,
  listMetrics,
  listReports,
  listShares,
  readReport,
  readReports,
} from '../../../shared/analytics.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { actionRows } from './export/action-rows.ts'
import { reportFile } from './export/report-file.ts'
import { exportRows } from './export/rows.ts'
import { ticketRows } from './export/ticket-rows.ts'
import { figureOf } from './figures/asking.ts'
import { definitionsOf } from './figures/defining.ts'
import { ticketFigures } from './figures/explaining.ts'
import { sharesOf } from './figures/shares.ts'
import { insightRoutes } from './insight/routes.ts'
import { listedReports } from './reports/listing.ts'
import { reportOf } from './reports/reading.ts'
import { reportsOf } from './reports/reading-many.ts'

export const analyticsRoutes = [
  route(listMetrics, (ctx: Ctx, { actor }) => definitionsOf(ctx, actor.workspaceId)),
  route(askFigure, (ctx: Ctx, { query, actor }) => figureOf(ctx, actor.workspaceId, query)),
  route(listShares, (ctx: Ctx, { query, actor }) => sharesOf(ctx, actor.workspaceId, query)),
  route(explainTicketFigures, (ctx: Ctx, { params, actor }) => ticketFigures(ctx, actor.workspaceId, params.ticketId)),
  route(listReports, (ctx: Ctx, { actor }) => listedReports(ctx, actor.workspaceId)),
  route(readReport, (ctx: Ctx, { params, query, actor }) => reportOf(ctx, actor.workspaceId, params.report, query)),
  route(exportReport, (ctx: Ctx, { params, query, actor }) => reportFile(ctx, actor, params.report, query)),
  route(exportTickets, (ctx: Ctx, { query, actor }) => exportRows(ctx, actor, ticketRows, query)),
  route(exportActions, (ctx: Ctx, { query, actor }) => exportRows(ctx, actor, actionRows, query)),
  route(readReports, (ctx: Ctx, { body, actor }) => reportsOf(ctx, actor.workspaceId, body.readings)),
  ...insightRoutes,
]
