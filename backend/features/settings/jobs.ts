import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { forgetOldKeys } from '../../platform/idempotency.ts'
import { deskJob, job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { forgetEndedSessions } from './page-sessions.ts'
import { forgetWithheld } from './shadow/withholding.ts'

/** Idempotency keys are kept for 48 hours. */
export const forgetKeys = job('settings:forget-keys', z.object({}), async (ctx: Ctx, workspaceId) => {
  await inWorkspace(ctx, workspaceId, forgetOldKeys)
})

/** A session that ended serves nobody. */
export const forgetSessions = job('settings:forget-sessions', z.object({}), forgetEndedSessions)

/** What shadow mode kept back is told for 90 days. */
export const forgetWithheldActs = job('settings:forget-withheld', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, forgetWithheld),
)

/** Next months' partitions are made ahead, so that no row waits for one. */
export const makePartitions = deskJob('settings:make-partitions', async (ctx: Ctx) => {
  await ctx.db.$executeRaw`select app.ensure_partitions(${ctx.clock.now()})`
})

/** What dead workers left of jobs that were replaced meanwhile. */
export const forgetSupersededJobs = deskJob('settings:forget-superseded-jobs', async (ctx: Ctx) => {
  await ctx.db.$executeRaw`select app.forget_superseded_jobs()`
})

/** As many as are forgotten in one go: others wait meanwhile. */
const QUEUES_AT_ONCE = 20_000

/** Queues of jobs that are all done: whoever takes a job looks at every queue that there is. */
export const forgetJobQueues = deskJob('settings:forget-job-queues', async ({ db }: Ctx) => {
  for (let gone = QUEUES_AT_ONCE; gone >= QUEUES_AT_ONCE; ) {
    const [row] = await db.$queryRaw<{ gone: number }[]>`select app.forget_job_queues() as gone`
    gone = row?.gone ?? 0
  }
})

export const settingsJobs = [
  forgetKeys,
  forgetSessions,
  forgetWithheldActs,
  makePartitions,
  forgetSupersededJobs,
  forgetJobQueues,
]
