import { Prisma } from '../../../generated/prisma/client.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { OPEN } from './open-work.ts'

export const WRITE = { name: 'gmail-queue:write', maxAttempts: 25 }
export const LOOK = { name: 'gmail-queue:look', maxAttempts: 10 }
export const SWITCH = { name: 'gmail-queue:switch', maxAttempts: 25 }

/** One at a time in a workspace: what is written is told from what somebody moved by the order of the two. */
export const queueOf = ({ workspaceId }: Pick<Tx, 'workspaceId'>): string => `gmail-queue:${workspaceId}`

/** Wakes the writer. Without a key: the queue's upsert by key can lose a wake-up, and one too many costs one query. */
export const wake = (tx: Tx, at?: Date): Promise<void> =>
  enqueue(tx, WRITE, {}, { queue: queueOf(tx), ...(at && { at }) })

/** Notes tickets whose labels are to be looked at, where any account of the workspace has them. */
export async function noteDue(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return
  const noted = await tx.send(Prisma.sql`
    insert into desk.gmail_queue_due as due (workspace_id, ticket_id, revision, at)
    select ${tx.workspaceId}::uuid, id, 1, ${tx.now}::timestamptz from (select distinct unnest(${[...ticketIds]}::uuid[]) as id order by 1) as t
    where exists (select from desk.gmail_queue_setting s where s.workspace_id = ${tx.workspaceId}::uuid and (s.labels or s.archive))
    on conflict (workspace_id, ticket_id) do update set revision = due.revision + 1, at = excluded.at`)
  if (noted > 0) await wake(tx)
}

/** The same for all open work, when labels were switched on. */
export async function noteAllOpen(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    insert into desk.gmail_queue_due as due (workspace_id, ticket_id, revision, at) ${openSql(tx.workspaceId, tx.now)}
    on conflict (workspace_id, ticket_id) do update set revision = due.revision + 1, at = excluded.at`
  await wake(tx)
}

export const openSql = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  select t.workspace_id, t.id, 1, ${now}::timestamptz from desk.ticket t
  where t.workspace_id = ${workspaceId}::uuid and ${OPEN} order by t.id`

/** The same for the tickets of mails that were just filed: a copy in somebody's own inbox has no event of its own. */
export async function noteQueued(tx: Tx, mailboxId: string, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return
  const rows = await tx.ask<{ id: string }>(Prisma.sql`
    select distinct m.ticket_id::text as id from desk.gmail_queue_setting s
    join desk.message m on m.workspace_id = s.workspace_id and m.id = any(${[...messageIds]}::uuid[])
    where s.workspace_id = ${tx.workspaceId}::uuid and s.mailbox_id = ${mailboxId}::uuid and (s.labels or s.archive)`)
  await noteDue(
    tx,
    rows.map(({ id }) => id),
  )
}
