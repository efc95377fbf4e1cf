import { setTimeout as pause } from 'node:timers/promises'
import type { ActionInput } from '../../../../shared/combined-actions.ts'
import { ShopifyThrottled, type ShopVariant } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { noteShopTrouble, type OpenShop, openShop } from '../../shops/index.ts'
import type { Intention } from './intention.ts'
import type { Goods, LiveOrder } from './live-order.ts'
import { paidBackLines } from './refund-lines.ts'
import type { Suggestion } from './refund-money.ts'

/** Seconds that somebody who looks at a form would rather wait than press again. */
const PATIENCE = 8

/**
 * Asks, and asks again as soon as the shop's rate limit allows.
 * @throws ShopifyThrottled when that takes longer than a person waits; other failures of the client at once
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; ) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ShopifyThrottled) || waited + error.retryAfter > PATIENCE) throw error
      waited += error.retryAfter
      await pause(error.retryAfter * 1_000)
    }
  }
}

/** Somebody waits for the answer. A shop that does not let us in is noted where people read it. @throws the client's failures */
export async function askShop<T>(
  ctx: Ctx,
  workspaceId: string,
  shopId: string,
  ask: (shop: OpenShop) => Promise<T>,
): Promise<T> {
  try {
    return await ask(await openShop(ctx, workspaceId, shopId))
  } catch (error) {
    await noteShopTrouble(ctx, workspaceId, shopId, error)
    throw error
  }
}

export const goodsOfVariant = (variant: ShopVariant): Goods => ({
  variantId: variant.id,
  productId: variant.productId,
  title: [variant.productTitle, variant.title].filter(Boolean).join(', '),
  price: variant.price,
  available: variant.available,
  forSale: !variant.discontinued,
  oversold: variant.oversold,
})

/** The order with goods that it did not hold and that are sent instead. */
export async function withGoods(
  ctx: Ctx,
  workspaceId: string,
  live: LiveOrder,
  input: ActionInput,
): Promise<LiveOrder> {
  const wanted = (input.reship?.lines ?? []).flatMap(({ variantId }) => variantId ?? [])
  const missing = [...new Set(wanted)].filter((id) => !live.goods.some(({ variantId }) => variantId === id))
  if (missing.length === 0) return live
  const found = await askShop(ctx, workspaceId, live.shop.id, ({ api }) =>
    patiently(() => api.variants(missing, 'person')),
  )
  return { ...live, goods: [...live.goods, ...found.map(goodsOfVariant)] }
}

/** What Shopify says the refund comes to; null without a refund. For everything it was asked when the order was read. */
export async function suggestionFor(ctx: Ctx, workspaceId: string, intention: Intention): Promise<Suggestion | null> {
  const { live, input } = intention
  const { refund } = input
  if (!refund) return null
  if (refund.what === 'all' || refund.what === 'amount') return live.everything
  const shipping = refund.what === 'shipping' || refund.shipping ? ('all' as const) : null
  const wish = { lines: paidBackLines(intention), shipping, all: false, to: 'original' as const }
  return askShop(ctx, workspaceId, live.shop.id, ({ api }) =>
    patiently(() => api.suggestedRefund(live.id, wish, 'person')),
  )
}
