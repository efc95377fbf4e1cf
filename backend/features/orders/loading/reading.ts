import type { ShopOrder } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { OpenShop } from '../../shops/index.ts'
import { saveOrders } from '../saving.ts'
import { changeFeed } from './feed.ts'

/** Orders of one transaction: enough to make statements worth their while, few enough to stay small in memory. */
const BATCH = 100

/** Saves the orders of a file as they arrive, and with each batch how far it has come. @param behind orders that are saved already */
export async function readFile(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  url: string,
  behind: number,
): Promise<void> {
  let count = 0
  let batch: ShopOrder[] = []
  const save = async () => {
    const orders = batch
    batch = []
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await saveOrders(tx, await ctx.keyring.box(tx), shop, orders)
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
