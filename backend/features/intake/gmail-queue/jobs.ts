import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { LOOK, noteDue, queueOf, SWITCH, WRITE, wake } from './due.ts'
import { lookAt } from './looking.ts'
import { AWAKE, dueNextSql, OPEN } from './open-work.ts'
import { carryOut } from './switching.ts'
import { writeDue } from './writing.ts'

const write = job(WRITE.name, z.object({}), (ctx: Ctx, workspaceId) => writeDue(ctx, workspaceId), WRITE)

const LookRequest = z.object({ mailboxId: z.uuid(), gmailIds: z.array(z.string()) })

const look = job(
  LOOK.name,
  LookRequest,
  async (ctx: Ctx, workspaceId, { mailboxId, gmailIds }) => {
    const left = await lookAt(ctx, { workspaceId, mailboxId }, gmailIds)
    if (left) await later(ctx, workspaceId, LOOK, { mailboxId, gmailIds: left.rest }, left.seconds)
  },
  LOOK,
)

const SwitchRequest = z.object({ mailboxId: z.uuid() })

const carry = job(
  SWITCH.name,
  SwitchRequest,
  async (ctx: Ctx, workspaceId, { mailboxId }) => {
    const seconds = await carryOut(ctx, workspaceId, mailboxId)
    if (seconds !== null) await later(ctx, workspaceId, SWITCH, { mailboxId }, seconds)
  },
  SWITCH,
)

const later = <P>(
  ctx: Ctx,
  workspaceId: string,
  work: { name: string; maxAttempts: number },
  payload: P,
  seconds: number,
) =>
  inWorkspace(ctx, workspaceId, (tx) =>
    enqueue(tx, work, payload, { queue: queueOf(tx), at: new Date(tx.now.getTime() + seconds * 1_000) }),
  )

/** Tickets that are due next and were not when their labels were written. */
export const lateSql = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  select t.id::text from desk.ticket t
  where t.workspace_id = ${workspaceId}::uuid and ${OPEN} and ${AWAKE}
    and t.due_at < ${dueNextSql(workspaceId, now)}
    and exists (select from desk.gmail_queue_mail q where q.workspace_id = t.workspace_id and q.ticket_id = t.id and not q.late)
  order by t.due_at limit 500`

/** Tickets that became due next since their labels were written, and what waited for an open door. */
export const tickGmailQueue = job(
  'gmail-queue:tick',
  z.object({}),
  (ctx: Ctx, workspaceId) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const [on] = await tx.$queryRaw<{ due: boolean }[]>`
        select exists (select from desk.gmail_queue_due d where d.workspace_id = s.workspace_id and d.at <= ${tx.now}) as due
        from desk.gmail_queue_setting s where s.workspace_id = ${workspaceId}::uuid and (s.labels or s.archive) limit 1`
      if (!on) return
      const rows = await tx.$queryRaw<{ id: string }[]>(lateSql(workspaceId, tx.now))
      await noteDue(
        tx,
        rows.map(({ id }) => id),
      )
      if (on.due) await wake(tx)
    }),
  { maxAttempts: 1 },
)

export const gmailQueueJobs = [write, look, carry, tickGmailQueue]

const switchedOn = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.gmail_queue_setting s where s.workspace_id = ${workspaceId} and (s.labels or s.archive))`,
)

export const gmailQueueSchedule: readonly Recurring[] = [every('1 minute', tickGmailQueue, switchedOn)]
