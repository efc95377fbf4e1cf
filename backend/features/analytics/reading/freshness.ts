import type { Freshness } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'

/** How old the figures are. @param isThere false when they could not be read, whatever the writer says of them */
export async function freshnessIn(ctx: Ctx, isThere: boolean): Promise<Freshness> {
  const freshness = await ctx.figures.freshness(ctx.clock.now())
  if (isThere || freshness.state === 'missing') return freshness
  return {
    state: 'missing',
    asOf: null,
    words:
      'Those of this workspace are made for the first time, or they broke and are made anew. Look again in a minute.',
  }
}
