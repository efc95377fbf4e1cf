import type { Ctx } from '../../../context.ts'
import type { OpenShop } from '../../shops/index.ts'
import { type Effect, effectsOfCard, effectsOn } from './effects.ts'
import { type Reissued, reissuedAmong } from './reissued.ts'
import type { Run, Stage } from './rows.ts'

/** One page of what Shopify has, and where it goes on. */
export type Reading = { effects: Effect[]; reissued: Reissued[]; stage: Stage; page: string | null }

/**
 * Reads the next page. Everything that an effect touches has changed at that moment or later, so what changed since the beginning holds all
 * of them.
 */
export async function readPage(ctx: Ctx, shop: OpenShop, run: Run): Promise<Reading> {
  const since = new Date(run.fromAt.getTime() - ctx.config.shopify.overlapMs)
  if (run.stage === 'orders') {
    const { items, next } = await shop.api.marksOf({ since, after: run.page }, 'background')
    return { effects: items.flatMap(effectsOn), reissued: [], stage: next === null ? 'cards' : 'orders', page: next }
  }
  const { items, next } = await shop.api.giftCards({ query: '', after: run.page, by: 'changed', lane: 'background' })
  const changed = items.filter(({ updatedAt }) => updatedAt >= since)
  const page = changed.length < items.length ? null : next
  const stage = page === null ? 'rest' : 'cards'
  return { effects: changed.flatMap(effectsOfCard), reissued: reissuedAmong(changed), stage, page }
}
