import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { OrderRow } from './viewing.ts'
import { wishFor } from './wishing.ts'

/** A card that shows an older state than this has it read again. */
export const STALE_MS = 2 * 60_000

type Seen = Pick<OrderRow, 'shopId' | 'shopState' | 'shopifyId' | 'checkedAt' | 'deletedAt'>

/**
 * Has the orders that somebody just looked at read from Shopify again, behind the answer: nobody waits for it, and its failure is
 * the log's. The next card shows what came of it.
 */
export function refreshBehind(ctx: Ctx, workspaceId: string, seen: readonly Seen[]): void {
  const old = seen.filter((order) => isStale(order, ctx.clock.now()))
  if (old.length === 0) return
  wishForAll(ctx, workspaceId, old).catch((error: unknown) =>
    ctx.log.warn({ err: error, workspaceId }, 'orders on a card could not be asked for again'),
  )
}

const isStale = ({ shopState, checkedAt, deletedAt }: Seen, now: Date): boolean =>
  shopState === 'connected' && deletedAt === null && now.getTime() - new Date(checkedAt).getTime() > STALE_MS

/** A transaction of its own: the answer's key, if it has one, belongs to the answer. */
async function wishForAll({ claim: _, ...ctx }: Ctx, workspaceId: string, old: readonly Seen[]): Promise<void> {
  const shops = [...new Set(old.map(({ shopId }) => shopId))]
  await inWorkspace(ctx, workspaceId, async (tx) => {
    for (const shopId of shops) {
      const orders = old.filter((order) => order.shopId === shopId)
      await wishFor(
        tx,
        shopId,
        orders.map(({ shopifyId }) => ({ shopifyId: BigInt(shopifyId), changedAt: null })),
      )
    }
  })
}
