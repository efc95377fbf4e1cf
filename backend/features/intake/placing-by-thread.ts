import { type Likeness, sharePeopleWith } from '../tickets/index.ts'
import type { Desk } from './desk.ts'

type InThread = { ticketId: string; messageId: string; envelope: Uint8Array }

/** Newest mails of a conversation that are compared. */
const LOOKED_AT = 10

/** The ticket of the newest mail in the same conversation of Gmail that is between the same people. */
export async function ticketByThread(desk: Desk, gmailId: string, likeness: Likeness): Promise<string | null> {
  const { tx, mailboxId, filed } = desk
  const rows = await tx.$queryRaw<InThread[]>`
    select m.ticket_id::text as "ticketId", m.id::text as "messageId", m.envelope
    from desk.mailbox_mail mine
    join desk.mailbox_mail theirs on theirs.workspace_id = mine.workspace_id and theirs.mailbox_id = mine.mailbox_id
      and theirs.thread_id = mine.thread_id and theirs.gmail_id <> mine.gmail_id
    left join unnest(${[...filed.keys()]}::text[], ${[...filed.values()]}::uuid[]) as now (gmail_id, message_id) on now.gmail_id = theirs.gmail_id
    join desk.message m on m.workspace_id = mine.workspace_id and m.id = coalesce(theirs.message_id, now.message_id)
    where mine.workspace_id = ${tx.workspaceId}::uuid and mine.mailbox_id = ${mailboxId}::uuid and mine.gmail_id = ${gmailId}
    order by m.sent_at desc, m.id desc limit ${LOOKED_AT}`
  return rows.find((row) => sharePeopleWith(likeness, row))?.ticketId ?? null
}
