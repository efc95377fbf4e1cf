import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { on } from '../../../platform/events.ts'
import { job } from '../../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { shopAccessRegained, shopConnected, shopDisconnected, workspacesWithShops } from '../../shops/index.ts'
import { forget, forgetShop } from '../privacy/forgetting.ts'
import { FORGET } from '../privacy/queueing.ts'
import { SUBSCRIBE } from './queueing.ts'
import { subscribe, subscribeAll } from './subscribing.ts'

const OfShop = z.object({ shopId: z.uuid() })

const subscribeOne = job(
  SUBSCRIBE.name,
  OfShop,
  (ctx: Ctx, workspaceId, { shopId }) => subscribe(ctx, workspaceId, shopId),
  SUBSCRIBE,
)

const subscribeEach = job(
  'orders:subscribe-all',
  z.object({}),
  (ctx: Ctx, workspaceId) => subscribeAll(ctx, workspaceId),
  { maxAttempts: 1 },
)

const forgetOne = job(
  FORGET.name,
  z.object({ requestId: z.uuid() }),
  (ctx: Ctx, workspaceId, { requestId }) => forget(ctx, workspaceId, requestId),
  FORGET,
)

/** Shopify tries for four hours to deliver the same event; after two days nobody sends it again. */
const KEPT_MS = 2 * 86_400_000

const forgetDeliveries = job('orders:forget-deliveries', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const before = new Date(tx.now.getTime() - KEPT_MS)
    await tx.shopWebhook.deleteMany({ where: { workspaceId, receivedAt: { lt: before } } })
  }),
)

export const webhookJobs = [subscribeOne, subscribeEach, forgetOne, forgetDeliveries]

const subscribeNow = (ctx: Ctx, workspaceId: string, { shopId }: { shopId: string }) =>
  subscribe(ctx, workspaceId, shopId)

export const webhookReactions = [
  on(shopConnected, 'orders:subscribe-new', subscribeNow),
  on(shopAccessRegained, 'orders:subscribe-again', subscribeNow),
  on(shopDisconnected, 'orders:forget-shop', (ctx: Ctx, workspaceId, { shopId }) =>
    forgetShop(ctx, workspaceId, shopId),
  ),
]

export const webhookSchedule: readonly Recurring[] = [
  every('1 hour', subscribeEach, workspacesWithShops),
  daily('03:40', forgetDeliveries, workspacesWithShops),
]
