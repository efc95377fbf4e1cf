import type { Freshness, MetricView } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { metricViews } from '../metrics/index.ts'
import { freshnessIn } from '../reading/freshness.ts'

/** Every definition, and how old the figures are that are made by them. */
export async function definitionsOf(
  ctx: Ctx,
  workspaceId: string,
): Promise<{ items: MetricView[]; freshness: Freshness }> {
  const isThere = (await ctx.figures.version(workspaceId)) !== null
  return { items: metricViews(), freshness: await freshnessIn(ctx, isThere) }
}
