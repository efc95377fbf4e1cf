import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { forgetDifferences, forgetOldBytes } from './ageing.ts'
import { backfill } from './backfill/reading.ts'
import { certify } from './certifying/certifying.ts'
import { goOnCounting } from './certifying/counting.ts'
import { nameDifferences, takeMissed } from './certifying/taking-in.ts'
import { removeObjects } from './forgetting-raw.ts'
import { gmailQueueJobs, gmailQueueSchedule } from './gmail-queue/jobs.ts'
import { forgetIgnored } from './ignoring/remembering.ts'
import { readLabels } from './mail-rules/labels.ts'
import { poll } from './polling.ts'
import { processMails } from './processing.ts'
import { retryQuarantined } from './quarantine/retrying.ts'
import { BACKFILL, CERTIFY, COUNT, enqueueCertifying, NAME, PROCESS, SYNC, TAKE } from './queueing.ts'
import { forgetSpam } from './spam/forgetting-spam.ts'
import { unspam } from './spam/unspamming.ts'
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

const certifyMailbox = job(
  CERTIFY.name,
  z.object({ mailboxId: z.uuid() }),
  (ctx: Ctx, workspaceId, { mailboxId }) => certify(ctx, workspaceId, mailboxId),
  CERTIFY,
)

const readEarlierMail = job(
  BACKFILL.name,
  z.object({ mailboxId: z.uuid() }),
  (ctx: Ctx, workspaceId, { mailboxId }) => backfill(ctx, workspaceId, mailboxId),
  BACKFILL,
)

const countMailbox = job(
  COUNT.name,
  z.object({ countId: z.uuid() }),
  (ctx: Ctx, workspaceId, { countId }) => goOnCounting(ctx, workspaceId, countId),
  COUNT,
)

const nameMissed = job(
  NAME.name,
  z.object({ id: z.uuid(), mailboxId: z.uuid() }),
  (ctx: Ctx, workspaceId, count) => nameDifferences(ctx, workspaceId, count),
  NAME,
)

const takeMissedMails = job(
  TAKE.name,
  z.object({ mailboxId: z.uuid(), gmailIds: z.array(z.string()).max(500) }),
  (ctx: Ctx, workspaceId, { mailboxId, gmailIds }) => takeMissed(ctx, workspaceId, mailboxId, gmailIds),
  TAKE,
)

/** Each night the mails of every mailbox are counted. */
export const certifyMailboxes = job('intake:certify-all', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const connected = await tx.mailbox.findMany({ where: { workspaceId, state: 'connected' }, select: { id: true } })
    for (const { id } of connected) await enqueueCertifying(tx, id)
  }),
)

export const pollMailboxes = job('intake:poll', z.object({}), (ctx: Ctx, workspaceId) => poll(ctx, workspaceId), {
  maxAttempts: 1,
})

export const watchMailboxes = job('intake:watch', z.object({}), (ctx: Ctx, workspaceId) =>
  renewWatches(ctx, workspaceId),
)

export const intakeJobs = [
  ...gmailQueueJobs,
  syncMailbox,
  fileMails,
  readEarlierMail,
  pollMailboxes,
  watchMailboxes,
  certifyMailboxes,
  certifyMailbox,
  countMailbox,
  nameMissed,
  takeMissedMails,
  forgetIgnored,
  readLabels,
  removeObjects,
  unspam,
  retryQuarantined,
  forgetSpam,
  forgetOldBytes,
  forgetDifferences,
]

/** Also ended ones: what came before their end may wait to be filed. */
const withMailboxes = workspacesWhere(
  (workspaceId) => Prisma.sql`exists (select from desk.mailbox m where m.workspace_id = ${workspaceId})`,
)

export const intakeSchedule: readonly Recurring[] = [
  ...gmailQueueSchedule,
  every('1 minute', pollMailboxes, withMailboxes),
  daily('02:40', watchMailboxes),
  daily('02:50', certifyMailboxes),
  daily('03:35', forgetIgnored),
  daily('03:40', forgetSpam),
  daily('03:42', forgetOldBytes),
  daily('03:43', forgetDifferences),
  every('10 minutes', retryQuarantined, withMailboxes),
]
