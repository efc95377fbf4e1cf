import type { ShopOrder } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { OpenShop } from '../../shops/index.ts'
import { saveOrders } from '../saving.ts'
import { changeFeed } from './feed.ts'

/** Orders of one transaction: enough to make statements worth their while, few enough to stay small in memory. */
const BATCH = 100

/** A file of orders that Shopify was asked for at an instant of our clock. `behind` of them are saved already. */
export type OrderFile = { url: string; askedAt: Date; behind: number }

/** Saves the orders of a file as they arrive, and with each batch how far it has come. */
export async function readFile(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  { url, askedAt, behind }: OrderFile,
): Promise<void> {
  let count = 0
  let batch: ShopOrder[] = []
  const save = async () => {
    const orders = batch
    batch = []
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await saveOrders(tx, await ctx.keyring.box(tx), shop, { orders, askedAt })
      await changeFeed(tx, shop.id, { loadedCount: count })
    })
  }
  for await (const order of shop.api.readBulkOrders(url)) {
    count++
    if (count <= behind) continue
    batch.push(order)
    if (batch.length === BATCH) await save()
  }
  if (batch.length > 0) await save()
}
