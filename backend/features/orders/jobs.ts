import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { every, type Recurring } from '../../platform/schedule.ts'
import { workspacesWithShops } from '../shops/index.ts'
import { fetchWished } from './fetching.ts'
import { lookUp } from './looking-up.ts'
import { FETCH, LOOK_UP, SWEEP } from './queueing.ts'
import { sweep } from './sweeping.ts'
import { tick } from './ticking.ts'

const OfShop = z.object({ shopId: z.uuid() })

const fetchOrders = job(
  FETCH.name,
  OfShop,
  (ctx: Ctx, workspaceId, { shopId }) => fetchWished(ctx, workspaceId, shopId),
  FETCH,
)

const sweepShop = job(SWEEP.name, OfShop, (ctx: Ctx, workspaceId, { shopId }) => sweep(ctx, workspaceId, shopId), SWEEP)

const lookUpOrder = job(
  LOOK_UP.name,
  z.object({ key: z.string() }),
  (ctx: Ctx, workspaceId, { key }) => lookUp(ctx, workspaceId, key),
  LOOK_UP,
)

const tickOrders = job('orders:tick', z.object({}), (ctx: Ctx, workspaceId) => tick(ctx, workspaceId), {
  maxAttempts: 1,
})

export const orderJobs = [fetchOrders, sweepShop, lookUpOrder, tickOrders]

export const orderSchedule: readonly Recurring[] = [every('1 minute', tickOrders, workspacesWithShops)]
