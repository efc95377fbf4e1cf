import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { workspacesWithShops } from '../shops/index.ts'
import { bookSteps, unbooked } from './booking.ts'
import { followRefunds } from './following.ts'
import { RECONCILE } from './reconciling/queueing.ts'
import { reconcile, reconcileAll } from './reconciling/reconciling.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 500

const followMoney = job('finance:follow', z.object({}), (ctx: Ctx, workspaceId) => followRefunds(ctx, workspaceId), {
  maxAttempts: 1,
})

/** A reaction that failed for days would leave a step out of the books; nothing may be left out. */
const bookMissed = job(
  'finance:book-missed',
  z.object({}),
  (ctx: Ctx, workspaceId) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const missed = await unbooked(tx, new Date(tx.now.getTime() - 7 * DAY_MS), tx.now, AT_ONCE)
      await bookSteps(
        tx,
        await ctx.keyring.box(tx),
        missed.map(({ id }) => id),
      )
    }),
  { maxAttempts: 1 },
)

const reconcileShop = job(
  RECONCILE.name,
  z.object({ shopId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { shopId }) => void (await reconcile(ctx, workspaceId, shopId)),
  RECONCILE,
)

const reconcileShops = job('finance:reconcile-all', z.object({}), (ctx: Ctx, workspaceId) =>
  reconcileAll(ctx, workspaceId),
)

export const financeJobs = [followMoney, bookMissed, reconcileShop, reconcileShops]

export const financeSchedule: readonly Recurring[] = [
  every('10 minutes', followMoney, workspacesWithShops),
  every('1 hour', bookMissed, workspacesWithShops),
  daily('02:40', reconcileShops, workspacesWithShops),
]
