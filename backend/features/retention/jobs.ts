import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { forgetOldExports, MAKE } from './exporting/exports.ts'
import { makeExport } from './exporting/making.ts'
import { goOn } from './going-on.ts'
import { forgetIgnoredSenders } from './old-changes.ts'
import { FORGET, startRound, takeUpRounds } from './rounds.ts'
import { retentionIn, tooOldBefore } from './settings.ts'

const forget = job(
  FORGET.name,
  z.object({ runId: z.uuid() }),
  (ctx: Ctx, workspaceId, { runId }) => goOn(ctx, workspaceId, runId),
  FORGET,
)

/** Begins each night's round where a workspace has a rule, and takes up what still goes on. */
const forgetAged = job('retention:sweep', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await takeUpRounds(tx)
    const { months, mode } = await retentionIn(tx)
    if (months === null) return
    const before = tooOldBefore(tx.now, months)
    await startRound(tx, { kind: 'retention', mode, customerId: null, reason: null, before, by: systemOf(workspaceId) })
  }),
)

const exportCustomer = job(
  MAKE.name,
  z.object({ exportId: z.uuid() }),
  (ctx: Ctx, workspaceId, { exportId }) => makeExport(ctx, workspaceId, exportId),
  MAKE,
)

const forgetExports = job('retention:forget-exports', z.object({}), (ctx: Ctx, workspaceId) =>
  forgetOldExports(ctx, workspaceId),
)

const withExports = workspacesWhere(
  (workspaceId) => Prisma.sql`exists (select from desk.customer_export e where e.workspace_id = ${workspaceId})`,
)

export const retentionJobs = [forget, forgetAged, exportCustomer, forgetExports, forgetIgnoredSenders]

export const retentionSchedule: readonly Recurring[] = [
  daily('03:45', forgetAged),
  daily('03:55', forgetIgnoredSenders),
  every('1 hour', forgetExports, withExports),
]
