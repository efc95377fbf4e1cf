import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { every, type Recurring } from '../../platform/schedule.ts'
import { fillSearch, unfilled } from './filling.ts'

export const fillSearchJob = job('search:fill', z.object({}), (ctx: Ctx, workspaceId) => fillSearch(ctx, workspaceId))

export const searchSchedule: readonly Recurring[] = [every('1 minute', fillSearchJob, unfilled)]
