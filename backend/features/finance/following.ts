import { ShopifyAccessLost, ShopifyThrottled, ShopifyUnavailable } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { noteShopTrouble, openShop } from '../shops/index.ts'
import { bookTransactions } from './changing.ts'
import type { LineTransaction } from './line.ts'
import { isUndecided } from './moved.ts'
import { type DueWatch, dueWatches, endWatch, postponeWatches, watchOn } from './watching.ts'

/** Refunds of one workspace that are asked for in one go; the others are due at the next. */
const AT_ONCE = 100

/** Asks Shopify what banks decided about refunds whose money was on its way, and books it. */
export async function followRefunds(ctx: Ctx, workspaceId: string): Promise<void> {
  const due = await inWorkspace(ctx, workspaceId, (tx) => dueWatches(tx, AT_ONCE), { reads: true })
  for (const shopId of new Set(due.map((one) => one.shopId)))
    await followShop(
      ctx,
      workspaceId,
      shopId,
      due.filter((one) => one.shopId === shopId),
    )
}

/** A shop that cannot be asked now is asked again later, behind those that can. */
async function followShop(ctx: Ctx, workspaceId: string, shopId: string, due: readonly DueWatch[]): Promise<void> {
  try {
    const { api } = await openShop(ctx, workspaceId, shopId)
    for (const one of due) {
      const made = await api.refundById(`gid://shopify/Refund/${one.refundId}`, 'background')
      await learn(ctx, workspaceId, one, made?.transactions ?? null)
    }
  } catch (error) {
    if (!isTrouble(error)) throw error
    await noteShopTrouble(ctx, workspaceId, shopId, error)
    await inWorkspace(ctx, workspaceId, (tx) => postponeWatches(tx, shopId))
  }
}

const isTrouble = (error: unknown): boolean =>
  error instanceof ShopifyAccessLost || error instanceof ShopifyThrottled || error instanceof ShopifyUnavailable

const learn = (ctx: Ctx, workspaceId: string, one: DueWatch, transactions: readonly LineTransaction[] | null) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (transactions === null) return endWatch(tx, one.stepId) // gone from the shop: the nightly comparison says so
    await bookTransactions(tx, await ctx.keyring.box(tx), one.stepId, transactions)
    if (transactions.some(isUndecided)) await watchOn(tx, one)
    else await endWatch(tx, one.stepId)
  })
