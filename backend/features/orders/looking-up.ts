import { ShopifyAccessLost, ShopifyThrottled } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { connectedShops, noteShopTrouble } from '../shops/index.ts'
import { askShop } from './asking.ts'
import { openIfWell } from './fetching.ts'
import { mayBeNumberOf } from './keys.ts'
import { LOOK_UP } from './queueing.ts'
import { saveOrders } from './saving.ts'

/**
 * Asks every shop that may have it for the order that a mail named and that is not here. Saving it joins it to the tickets that wait for it; a number
 * that no shop knows stays noted, and is joined when such an order comes. Shops are asked apart, so that one in trouble stops no other.
 */
export async function lookUp(ctx: Ctx, workspaceId: string, key: string): Promise<void> {
  const shops = await inWorkspace(ctx, workspaceId, connectedShops, { reads: true })
  const asked = shops.filter((shop) => shop.state === 'connected' && mayBeNumberOf(shop, key))
  const results = await Promise.allSettled(asked.map(({ id }) => lookUpIn(ctx, workspaceId, id, key)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  const throttled = failures.find((failure) => failure instanceof ShopifyThrottled)
  const others = failures.filter((failure) => !(failure instanceof ShopifyThrottled))
  if (others.length > 0) throw others[0]
  if (throttled)
    await inWorkspace(ctx, workspaceId, (tx) =>
      enqueue(tx, LOOK_UP, { key }, { at: new Date(tx.now.getTime() + throttled.retryAfter * 1_000) }),
    )
}

async function lookUpIn(ctx: Ctx, workspaceId: string, shopId: string, key: string): Promise<void> {
  const shop = await openIfWell(ctx, workspaceId, shopId)
  if (!shop) return
  try {
    const askedAt = ctx.clock.now()
    const orders = await askShop(shop, { by: 'number', text: key, keys: [key] }, 'background')
    await inWorkspace(ctx, workspaceId, async (tx) =>
      saveOrders(tx, await ctx.keyring.box(tx), shop, { orders, askedAt }),
    )
  } catch (error) {
    if (!(error instanceof ShopifyAccessLost)) throw error
    await noteShopTrouble(ctx, workspaceId, shopId, error)
  }
}
