import { ShopifyAccessLost, ShopifyRefused, ShopifyThrottled } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { connectedShops, noteShopTrouble, type OpenShop, openShop } from '../../shops/index.ts'
import { comparePage } from './pages.ts'
import { enqueueReconcile } from './queueing.ts'
import { readPage } from './reading.ts'
import { compareRest } from './rest.ts'
import { beginAnew, Overtaken, openRun, type Run } from './rows.ts'

/** One comparison of each shop that can be asked. */
export const reconcileAll = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const shops = await connectedShops(tx)
    await enqueueReconcile(
      tx,
      shops.filter(({ state }) => state === 'connected').map(({ id }) => id),
    )
  })

/**
 * Compares what the journal says was done in a shop with what the shop has, and lists every difference. Goes on where it was cut off; what
 * Shopify holds back waits for its rate limit.
 * @returns whether it came to its end
 */
export async function reconcile(ctx: Ctx, workspaceId: string, shopId: string): Promise<boolean> {
  let run: Run | null = null
  try {
    const shop = await openShop(ctx, workspaceId, shopId)
    run = await inWorkspace(ctx, workspaceId, (tx) => openRun(tx, shopId))
    while (run !== null) run = await advance(ctx, workspaceId, shop, run)
    return true
  } catch (error) {
    if (!(error instanceof Overtaken)) await stopped(ctx, workspaceId, { shopId, run }, error)
    return false
  }
}

/** What goes on by itself later, or when an admin gives us access again. @throws the failure, when the queue is to try again */
async function stopped(
  ctx: Ctx,
  workspaceId: string,
  { shopId, run }: { shopId: string; run: Run | null },
  error: unknown,
): Promise<void> {
  if (error instanceof ShopifyAccessLost) return noteShopTrouble(ctx, workspaceId, shopId, error)
  if (error instanceof ShopifyRefused && run?.page) return startOver(ctx, workspaceId, run)
  if (!(error instanceof ShopifyThrottled)) throw error
  const { retryAfter } = error
  await inWorkspace(ctx, workspaceId, (tx) =>
    enqueueReconcile(tx, [shopId], new Date(tx.now.getTime() + retryAfter * 1_000)),
  )
}

const advance = async (ctx: Ctx, workspaceId: string, shop: OpenShop, run: Run): Promise<Run | null> =>
  run.stage === 'rest'
    ? compareRest(ctx, workspaceId, shop, run)
    : comparePage(ctx, workspaceId, run, await readPage(ctx, shop, run))

const startOver = (ctx: Ctx, workspaceId: string, run: Run): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await beginAnew(tx, run)
    await enqueueReconcile(tx, [run.shopId])
  })
