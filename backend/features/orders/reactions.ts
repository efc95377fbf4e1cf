import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { shopAccessRegained, shopConnected } from '../shops/index.ts'
import { enqueueFetch, enqueueSweep } from './queueing.ts'

/** Shopify lets us in again: what waited is due, and what changed meanwhile is asked for. */
const resume = (ctx: Ctx, workspaceId: string, shopId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.orderWish.updateMany({ where: { workspaceId, shopId, dueAt: { gt: tx.now } }, data: { dueAt: tx.now } })
    await enqueueFetch(tx, shopId)
    await enqueueSweep(tx, shopId)
  })

export const orderReactions = [
  on(shopConnected, 'orders:catch-up', (ctx: Ctx, workspaceId, { shopId }) => resume(ctx, workspaceId, shopId)),
  on(shopAccessRegained, 'orders:resume', (ctx: Ctx, workspaceId, { shopId }) => resume(ctx, workspaceId, shopId)),
]
