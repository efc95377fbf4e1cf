import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { job } from '../../../platform/jobs.ts'
import { daily, type Recurring } from '../../../platform/schedule.ts'
import { tellSurprises } from './surprise-telling.ts'

/** A day that fails is made up by the next one, which looks at seven days as well. */
const surpriseJob = job(
  'analytics:tell-surprises',
  z.object({}),
  (ctx: Ctx, workspaceId) => tellSurprises(ctx, workspaceId),
  {
    maxAttempts: 5,
  },
)

export const insightJobs = [surpriseJob]
export const insightSchedule: readonly Recurring[] = [daily('04:40', surpriseJob)]
