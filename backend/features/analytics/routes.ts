import { askFigure, listMetrics } from '../../../shared/analytics.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { figureOf } from './figures/asking.ts'
import { metricViews } from './metrics/index.ts'
import { freshnessIn } from './reading/freshness.ts'

export const analyticsRoutes = [
  route(listMetrics, async (ctx: Ctx) => ({ items: metricViews(), freshness: await freshnessIn(ctx, true) })),
  route(askFigure, (ctx: Ctx, { query, actor }) => figureOf(ctx, actor.workspaceId, query)),
]
