import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { every, type Recurring } from '../../platform/schedule.ts'
import { workspacesWithShops } from '../shops/index.ts'
import { REMIND, RUN } from './queueing.ts'
import { remind } from './reminding.ts'
import { runAction } from './running/running.ts'
import { takeUp } from './running/taking-up.ts'

const OfAction = z.object({ actionId: z.uuid() })

const run = job(
  RUN.name,
  OfAction,
  (ctx: Ctx, workspaceId, { actionId }) => runAction(ctx, { workspaceId, actionId }),
  RUN,
)

const remindOf = job(
  REMIND.name,
  OfAction,
  (ctx: Ctx, workspaceId, { actionId }) => remind(ctx, workspaceId, actionId),
  REMIND,
)

const tick = job('combined-actions:tick', z.object({}), (ctx: Ctx, workspaceId) => takeUp(ctx, workspaceId), {
  maxAttempts: 1,
})

export const actionJobs = [run, remindOf, tick]

export const actionSchedule: readonly Recurring[] = [every('1 minute', tick, workspacesWithShops)]
