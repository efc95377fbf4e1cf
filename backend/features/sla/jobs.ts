import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { ADOPT, REAPPLY, TRY } from './queueing.ts'
import { adopt, reapply } from './reapplying.ts'
import { goOnTrying } from './trying/trials.ts'
import { awaited, tick } from './watching/ticking.ts'

const reapplyRules = job(REAPPLY.name, z.object({}), (ctx: Ctx, workspaceId) => reapply(ctx, workspaceId), REAPPLY)
const adoptTickets = job(ADOPT.name, z.object({}), (ctx: Ctx, workspaceId) => adopt(ctx, workspaceId), ADOPT)

/** A minute that fails is made up by the next one. */
const watch = job('sla:tick', z.object({}), (ctx: Ctx, workspaceId) => tick(ctx, workspaceId), { maxAttempts: 1 })

const tryRules = job(
  TRY.name,
  z.object({ trialId: z.uuid() }),
  (ctx: Ctx, workspaceId, { trialId }) => goOnTrying(ctx, workspaceId, trialId),
  TRY,
)

export const slaJobs = [reapplyRules, adoptTickets, tryRules, watch]

export const slaSchedule: readonly Recurring[] = [every('1 minute', watch, awaited), daily('03:35', adoptTickets)]
