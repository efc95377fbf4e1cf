import { Prisma } from '../../generated/prisma/client.ts'
import { type Likeness, sharePeopleWith } from '../tickets/index.ts'
import type { Desk } from './desk.ts'

type InThread = { ticketId: string; messageId: string; envelope: Uint8Array }

/** Newest mails of a conversation that are compared. */
const LOOKED_AT = 10

/** The ticket of the newest mail in the same conversation of Gmail that is between the same people. */
export async function ticketByThread(desk: Desk, gmailId: string, likeness: Likeness): Promise<string | null> {
  const { tx, mailboxId, filed } = desk
  const rows = await tx.$queryRaw<InThread[]>(threadSql({ workspaceId: tx.workspaceId, mailboxId, gmailId }, filed))
  return rows.find((row) => sharePeopleWith(likeness, row))?.ticketId ?? null
}

type Which = { workspaceId: string; mailboxId: string; gmailId: string }

export const threadSql = (
  { workspaceId, mailboxId, gmailId }: Which,
  filed: ReadonlyMap<string, string>,
): Prisma.Sql => Prisma.sql`
  select m.ticket_id::text as "ticketId", m.id::text as "messageId", m.envelope from desk.message m
  where m.workspace_id = ${workspaceId}::uuid and m.id = any(array(
    select coalesce(theirs.message_id, (${[...filed.values()]}::uuid[])[array_position(${[...filed.keys()]}::text[], theirs.gmail_id)])
    from desk.mailbox_mail mine
    join desk.mailbox_mail theirs on theirs.workspace_id = mine.workspace_id and theirs.mailbox_id = mine.mailbox_id
      and theirs.thread_id = mine.thread_id and theirs.gmail_id <> mine.gmail_id
    where mine.workspace_id = ${workspaceId}::uuid and mine.mailbox_id = ${mailboxId}::uuid and mine.gmail_id = ${gmailId}
    order by theirs.seq desc limit ${LOOKED_AT}))
  order by m.sent_at desc, m.id desc`
