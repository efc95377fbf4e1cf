import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { tryRules } from './acting/trying.ts'
import { forgetOld } from './forgetting.ts'
import { TRIAL, TRY } from './queueing.ts'
import { sweepRules } from './timing/sweeping.ts'
import { runTrial } from './trials/running.ts'

const tryJob = job(
  TRY.name,
  z.object({ ticketId: z.uuid(), causeIds: z.array(z.uuid()) }),
  (ctx: Ctx, workspaceId, { ticketId, causeIds }) =>
    inWorkspace(ctx, workspaceId, (tx) => tryRules(ctx, tx, ticketId, causeIds)),
  TRY,
)

/** A tick that fails is made up by the next one. */
const sweepJob = job('rules:sweep', z.object({}), (ctx: Ctx, workspaceId) => sweepRules(ctx, workspaceId), {
  maxAttempts: 1,
})

const trialJob = job(
  TRIAL.name,
  z.object({ trialId: z.uuid() }),
  (ctx: Ctx, workspaceId, { trialId }) => runTrial(ctx, workspaceId, trialId),
  TRIAL,
)

const forgetJob = job('rules:forget', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, (tx) => forgetOld(tx)),
)

export const ruleJobs = [tryJob, sweepJob, trialJob, forgetJob]

const withTimedRules = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.rule r where r.workspace_id = ${workspaceId} and r.state = 'on' and r.definition -> 'when' ->> 'on' <> 'event')`,
)

export const ruleSchedule: readonly Recurring[] = [
  every('5 minutes', sweepJob, withTimedRules),
  daily('03:40', forgetJob),
]
