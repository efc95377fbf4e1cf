import { z } from 'zod'
import { ScannerAway } from '../../clients/scanner/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { eraseFiles } from './erasing.ts'
import { ERASE, SCAN } from './queueing.ts'
import { scanFiles, scanUnreadable } from './scanning.ts'
import { sweepObjects } from './sweeping.ts'

const erase = job(
  ERASE.name,
  z.object({ fileIds: z.array(z.uuid()).max(500) }),
  (ctx: Ctx, workspaceId, { fileIds }) => eraseFiles(ctx, workspaceId, fileIds),
  ERASE,
)

/** A scanner that is away is not this job's failure: the schedule asks again, and until then the files say that they are not scanned. */
export const scanWaiting = job(
  SCAN.name,
  z.object({}),
  (ctx: Ctx, workspaceId) =>
    scanFiles(ctx, workspaceId).catch((error: unknown) => {
      if (!(error instanceof ScannerAway)) throw error
      ctx.metrics.outside.inc({ system: 'clamd', method: 'INSTREAM', outcome: 'unavailable' })
      ctx.log.warn({ err: error, workspaceId }, 'files are not scanned: the scanner is away')
    }),
  SCAN,
)

export const sweepFiles = job('files:sweep', z.object({}), async (ctx: Ctx, workspaceId) => {
  await sweepObjects(ctx, workspaceId)
  await scanUnreadable(ctx, workspaceId)
})

export const fileJobs = [erase, scanWaiting, sweepFiles]

const toScan = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.stored_file f where f.workspace_id = ${workspaceId} and f.scan in ('waiting', 'unscanned'))`,
)

export const fileSchedule: readonly Recurring[] = [every('5 minutes', scanWaiting, toScan), daily('03:50', sweepFiles)]
