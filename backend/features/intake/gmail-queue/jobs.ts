import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { dueNextSql } from '../../queues/index.ts'
import { LOOK, noteDue, queueOf, SWITCH, WRITE, wake } from './due.ts'
import { lookAt } from './looking.ts'
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

const SwitchRequest = z.object({ mailboxId: z.uuid(), after: z.uuid().nullable() })

const carry = job(
  SWITCH.name,
  SwitchRequest,
  async (ctx: Ctx, workspaceId, { mailboxId, after }) => {
    const left = await carryOut(ctx, workspaceId, mailboxId, after)
    if (left) await later(ctx, workspaceId, SWITCH, { mailboxId, after: left.after }, left.seconds)
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
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select t.id::text from desk.ticket t
        where t.workspace_id = ${workspaceId}::uuid and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null and t.snoozed_until is null
          and t.due_at < (select ${tx.now}::timestamptz + make_interval(mins => ${dueNextSql(workspaceId)}))
          and exists (select from desk.gmail_queue_mail q where q.workspace_id = t.workspace_id and q.ticket_id = t.id and not q.late)
        order by t.due_at limit 500`
      await noteDue(
        tx,
        rows.map(({ id }) => id),
      )
      if (on.due) await wake(tx)
    }),
  { maxAttempts: 1 },
)

export const gmailQueueJobs = [write, look, carry, tickGmailQueue]

export const gmailQueueSchedule: readonly Recurring[] = [every('1 minute', tickGmailQueue)]
