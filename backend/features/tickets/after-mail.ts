import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { LockedTicket } from './locking.ts'

/** How a ticket stands when a mail has joined it. */
export type AfterMail = Pick<LockedTicket, 'id' | 'status' | 'queueAt' | 'lastMessageAt' | 'voidReason'> & {
  /** When its customer only said thanks; null once something else happened. Stays as it is unless given. */
  thanksAt?: Date | null
  /** Its first answer, and whose it is. Stays as it is unless given. */
  first?: { at: Date; staffId: string | null }
}

/** Writes how locked tickets stand, each after one more mail, and makes older views of them stale. One that becomes solved knows since when. */
export async function writeAfterMails(tx: Tx, tickets: readonly AfterMail[]): Promise<void> {
  await tx.send(afterMailsSql(tx, tickets))
}

/** Exported so that a test can look at its plan. */
export function afterMailsSql(
  { workspaceId, now }: Pick<Tx, 'workspaceId' | 'now'>,
  tickets: readonly AfterMail[],
): Prisma.Sql {
  const rows = tickets.map(({ id, status, queueAt, lastMessageAt, voidReason, thanksAt, first }) => ({
    id,
    status,
    queue_at: queueAt,
    last_message_at: lastMessageAt,
    void_reason: voidReason,
    keeps_thanks: thanksAt === undefined,
    thanks_at: thanksAt ?? null,
    first_at: first?.at ?? null,
    first_by: first?.staffId ?? null,
  }))
  return Prisma.sql`
    update desk.ticket t set message_count = t.message_count + 1, version = t.version + 1, status = g.status, queue_at = g.queue_at,
      last_message_at = g.last_message_at, void_reason = g.void_reason,
      thanks_at = case when g.keeps_thanks then t.thanks_at else g.thanks_at end,
      first_response_at = coalesce(g.first_at, t.first_response_at),
      first_response_by_id = case when g.first_at is null then t.first_response_by_id else g.first_by end,
      solved_at = case when g.status = 'solved' and t.status <> 'solved' then ${now}::timestamptz else t.solved_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, status text, queue_at timestamptz, last_message_at timestamptz,
      void_reason text, keeps_thanks boolean, thanks_at timestamptz, first_at timestamptz, first_by uuid)
    where t.workspace_id = ${workspaceId}::uuid and t.id = g.id`
}
