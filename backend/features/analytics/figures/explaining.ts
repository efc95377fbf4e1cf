import type { TicketFigures } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { explainClocks } from '../../sla/index.ts'
import { workOn } from '../../tickets/index.ts'
import { METRICS } from '../metrics/index.ts'
import type { Metric, StoryPart } from '../metrics/metric.ts'
import type { Row } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import type { Ask } from '../reading/readers.ts'
import { hoursWords } from './lengths.ts'
import { whatIsOf } from './of-ticket.ts'
import { presentShare } from './shares.ts'
import { ticketSharesOf } from './statements.ts'
import { readStory, type Step } from './story.ts'

/**
 * What a ticket adds to every figure, and what of its story makes it so.
 * @throws DeskError not_found for what is no ticket of the workspace
 */
export async function ticketFigures(ctx: Ctx, workspaceId: string, ticketId: string): Promise<TicketFigures> {
  const { clocks, work } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ clocks: await explainClocks(ctx, tx, ticketId), work: await workOn(tx, ticketId) }),
    { reads: true },
  )
  const found = await ctx.figures.read(workspaceId, (ask) => everythingOf(ask, ticketId, ctx.clock.now().getTime()))
  const freshness = await freshnessIn(ctx, found !== null)
  if (!found || found === 'not there') return { freshness, metrics: [] }
  const story = {
    ...found.story,
    clocks: clocks.history.map(({ at, words }) => ({ at, words })),
    work: work.map(({ name, seconds, changedAt }) => ({
      at: changedAt.toISOString(),
      words: `${name} worked ${hoursWords(seconds)} on it by then.`,
    })),
  }
  return {
    freshness,
    metrics: METRICS.map((metric, n) => present(metric, found.shares[n] ?? [], story)).filter(
      ({ shares }) => shares.length > 0,
    ),
  }
}

async function everythingOf(ask: Ask, ticketId: string, nowAt: number) {
  const of = await whatIsOf(ask, ticketId)
  if (!of) return 'not there'
  const shares: Row[][] = []
  for (const metric of METRICS) {
    const { sql, values, within } = ticketSharesOf(metric, of, nowAt)
    shares.push(await ask(sql, values, within))
  }
  return { shares, story: await readStory(ask, of) }
}

function present(
  metric: Metric,
  shares: readonly Row[],
  story: Readonly<Record<StoryPart, readonly Step[]>>,
): TicketFigures['metrics'][number] {
  const { id, name, unit } = metric
  const steps = metric.story.flatMap((part) => story[part]).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return {
    metric: { id, name, unit },
    shares: shares.map((row) => presentShare(metric, row)),
    steps: steps.map(({ at, words }) => ({ at, words })),
  }
}
