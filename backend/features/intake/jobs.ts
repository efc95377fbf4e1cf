import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { forgetIgnored } from './ignoring/remembering.ts'
import { poll } from './polling.ts'
import { processMails } from './processing.ts'
import { PROCESS, SYNC } from './queueing.ts'
import { sync } from './syncing.ts'
import { renewWatches } from './watching.ts'

const SyncRequest = z.object({ mailboxId: z.uuid(), hint: z.string().optional(), looks: z.int().optional() })

export const syncMailbox = job(
  SYNC.name,
  SyncRequest,
  (ctx: Ctx, workspaceId, request) => sync(ctx, workspaceId, request),
  SYNC,
)

export const fileMails = job(
  PROCESS.name,
  z.object({ mailboxId: z.uuid() }),
  (ctx: Ctx, workspaceId, { mailboxId }) => processMails(ctx, workspaceId, mailboxId),
  PROCESS,
)

export const pollMailboxes = job('intake:poll', z.object({}), (ctx: Ctx, workspaceId) => poll(ctx, workspaceId), {
  maxAttempts: 1,
})

export const watchMailboxes = job('intake:watch', z.object({}), (ctx: Ctx, workspaceId) =>
  renewWatches(ctx, workspaceId),
)

export const intakeJobs = [syncMailbox, fileMails, pollMailboxes, watchMailboxes, forgetIgnored]

export const intakeSchedule: readonly Recurring[] = [
  every('1 minute', pollMailboxes),
  daily('02:40', watchMailboxes),
  daily('03:35', forgetIgnored),
]
