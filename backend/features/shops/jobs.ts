import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { every, type Recurring } from '../../platform/schedule.ts'
import { checkShop, checkShops } from './checking.ts'
import { CHECK } from './queueing.ts'
import { workspacesWithShops } from './shops.ts'

const checkOne = job(
  CHECK.name,
  z.object({ shopId: z.uuid(), told: z.literal('removed').optional() }),
  (ctx: Ctx, workspaceId, wanted) => checkShop(ctx, workspaceId, wanted),
  CHECK,
)

const checkAll = job('shops:check-all', z.object({}), (ctx: Ctx, workspaceId) => checkShops(ctx, workspaceId), {
  maxAttempts: 1,
})

export const shopsJobs = [checkOne, checkAll]

export const shopsSchedule: readonly Recurring[] = [every('1 hour', checkAll, workspacesWithShops)]
