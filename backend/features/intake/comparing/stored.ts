import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Window } from '../backfill/windows.ts'
import type { Stored } from './differing.ts'

/** When Google took the first mail that stands here and lies in a stretch of time; null when none does. */
export async function firstIn(tx: Tx, mailboxId: string, { from, to }: Window): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>(firstSql(tx.workspaceId, mailboxId, { from, to }))
  return row?.at ?? null
}

export const firstSql = (workspaceId: string, mailboxId: string, { from, to }: Window): Prisma.Sql => Prisma.sql`
  select m.accepted_at as at from desk.mailbox_mail m
  where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.accepted_at >= ${from} and m.accepted_at < ${to}
  order by m.accepted_at limit 1`

/** Mails that stand here; what was deleted in Gmail stays deleted. */
export const storedIn = (tx: Tx, mailboxId: string, window: Window, limit: number): Promise<Stored[]> =>
  tx.$queryRaw<Stored[]>(storedSql(tx.workspaceId, mailboxId, window, limit))

/** Exported, like the one above, so that a test can ask PostgreSQL for its plan. */
export const storedSql = (
  workspaceId: string,
  mailboxId: string,
  { from, to }: Window,
  limit: number,
): Prisma.Sql => Prisma.sql`
  select m.gmail_id as "gmailId", m.thread_id as "threadId", m.labels, m.state, m.outcome, m.reason, m.moved_to as "movedTo" from desk.mailbox_mail m
  where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.accepted_at >= ${from} and m.accepted_at < ${to}
    and m.moved_to is distinct from 'deleted'
  order by m.accepted_at limit ${limit}`
