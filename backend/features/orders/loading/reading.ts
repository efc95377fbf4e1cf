import type { ShopOrder } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import type { OpenShop } from '../../shops/index.ts'
import { shopifyIdOf } from '../gids.ts'
import { saveOrders } from '../saving.ts'
import { wishFor } from '../wishing.ts'
import { changeFeed } from './feed.ts'

/** Orders of one transaction: enough to make statements worth their while, few enough to stay small in memory. */
const BATCH = 100

/** A file of orders that Shopify was asked for at an instant of our clock. `behind` of them are saved already. */
export type OrderFile = { url: string; askedAt: Date; behind: number }

/** More than these are no strange orders: the desk does not understand Shopify any more. */
const MOST_UNREADABLE = 100

/**
 * Saves the orders of a file as they arrive, and with each batch how far it has come. One that cannot be read does not keep the others
 * away: it is asked for once more by itself, where its trouble is seen.
 */
export async function readFile(ctx: Ctx, workspaceId: string, shop: OpenShop, file: OrderFile): Promise<void> {
  let count = 0
  let strange = 0
  let batch: Batch = { orders: [], unreadable: [] }
  const save = async () => {
    const full = batch
    batch = { orders: [], unreadable: [] }
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await keep(tx, await ctx.keyring.box(tx), shop, { ...full, askedAt: file.askedAt })
      await changeFeed(tx, shop.id, { loadedCount: count })
    })
  }
  const note = (gid: string, error: Error) => {
    if (++strange > MOST_UNREADABLE) throw error
    batch.unreadable.push(gid)
  }
  for await (const order of shop.api.readBulkOrders(file.url, note)) {
    count++
    if (count <= file.behind) continue
    batch.orders.push(order)
    if (batch.orders.length === BATCH) await save()
  }
  if (batch.orders.length + batch.unreadable.length > 0) await save()
}

type Batch = { orders: ShopOrder[]; unreadable: string[] }

async function keep(
  tx: Tx,
  box: Box,
  shop: OpenShop,
  { orders, unreadable, askedAt }: Batch & { askedAt: Date },
): Promise<void> {
  await saveOrders(tx, box, shop, { orders, askedAt })
  const wanted = unreadable.map((gid) => ({ shopifyId: shopifyIdOf(gid), changedAt: null }))
  await wishFor(tx, shop.id, wanted)
}
