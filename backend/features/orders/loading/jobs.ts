import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { on } from '../../../platform/events.ts'
import { job } from '../../../platform/jobs.ts'
import { shopAccessRegained, shopConnected } from '../../shops/index.ts'
import { beginLoad, loadOrders } from './loading.ts'
import { lacksOldOrders } from './old-orders.ts'
import { LOAD } from './queueing.ts'

export const loadJob = job(
  LOAD.name,
  z.object({ shopId: z.uuid() }),
  (ctx: Ctx, workspaceId, { shopId }) => loadOrders(ctx, workspaceId, shopId),
  LOAD,
)

/** Connecting a shop again finds its orders here; a load that lost its access on the way goes on. */
export const loadReactions = [
  on(shopConnected, 'orders:begin-load', async (ctx: Ctx, workspaceId, { shopId }) => {
    await beginLoad(ctx, workspaceId, shopId, { anew: await lacksOldOrders(ctx, workspaceId, shopId) })
  }),
  on(shopAccessRegained, 'orders:go-on-loading', async (ctx: Ctx, workspaceId, { shopId }) => {
    await beginLoad(ctx, workspaceId, shopId)
  }),
]
