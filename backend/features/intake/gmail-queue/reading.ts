import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { dueNextSql, OPEN } from './open-work.ts'
import type { Account, TicketState } from './wanting.ts'

export type DueTicket = { ticketId: string; revision: number }

/** A mail of the ticket in one account, and what we wrote on it last; nulls where nothing was written. */
export type MailRow = {
  gmailId: string
  inInbox: boolean
  kinds: string[] | null
  archived: boolean | null
  ownerId: string | null
  late: boolean | null
  /** A process died while it wrote, or writes still: what stands on the mail is not known. */
  isWriting: boolean
}

export type AccountRow = Account & { mailboxId: string; mails: MailRow[] }

export type TicketRow = TicketState & { id: string; number: string; accounts: AccountRow[] }

/** Mails of one ticket in one account that carry labels, the newest; more are one conversation all the same. */
const MOST_MAILS = 2_000

type Row = Omit<MailRow, 'mailboxId'> & { mailboxId: string; staffId: string | null; labels: boolean; archive: boolean }

/** SQL: an archive, or the inbox `b` of somebody who works on tickets, `st`. */
export const OWNER_WORKS = Prisma.sql`(b.staff_id is null or (st.state <> 'deactivated' and st.role in ('agent', 'supervisor', 'admin')))`

/** A ticket with all its mails in accounts that have labels or archiving on. @returns null when it is gone */
export async function ticketIn(tx: Tx, ticketId: string): Promise<TicketRow | null> {
  const { workspaceId } = tx
  const [ticket] = await tx.$queryRaw<(Omit<TicketState, never> & { id: string; number: number })[]>`
    select t.id::text, t.number, t.assignee_id::text as "assigneeId", t.snoozed_until is not null as snoozed,
      ${OPEN} as open,
      t.status in ('solved', 'closed') and t.void_reason is null as done,
      t.due_at < ${dueNextSql(workspaceId, tx.now)} as late
    from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`
  if (!ticket) return null
  const rows = await tx.$queryRaw<Row[]>(mailsSql(workspaceId, ticketId))
  const accounts = new Map<string, AccountRow>()
  for (const { mailboxId, staffId, labels, archive, ...mail } of rows) {
    const account = accounts.get(mailboxId) ?? { mailboxId, staffId, labels, archive, mails: [] }
    account.mails.push(mail)
    accounts.set(mailboxId, account)
  }
  return { ...ticket, number: formatNumber(ticket.number), accounts: [...accounts.values()] }
}

/** Mails of a ticket in all accounts that have labels. */
export const mailsSql = (workspaceId: string, ticketId: string): Prisma.Sql => Prisma.sql`
    select m.mailbox_id::text as "mailboxId", m.gmail_id as "gmailId", 'INBOX' = any(m.labels) as "inInbox", b.staff_id::text as "staffId",
      s.labels and ${OWNER_WORKS} as labels, s.archive and ${OWNER_WORKS} as archive, q.kinds, q.archived, q.owner_id::text as "ownerId", q.late,
      coalesce(q.is_writing, false) as "isWriting"
    from desk.message g
    join desk.mailbox_mail m on m.workspace_id = g.workspace_id and m.message_id = g.id
    join desk.mailbox b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
    join desk.gmail_queue_setting s on s.workspace_id = m.workspace_id and s.mailbox_id = m.mailbox_id
    left join desk.staff st on st.workspace_id = b.workspace_id and st.id = b.staff_id
    left join desk.gmail_queue_mail q on q.workspace_id = m.workspace_id and q.mailbox_id = m.mailbox_id and q.gmail_id = m.gmail_id
    where g.workspace_id = ${workspaceId}::uuid and g.ticket_id = ${ticketId}::uuid and m.state = 'ended' and m.moved_to is null
      and b.state = 'connected' and (s.labels or s.archive)
    order by g.sent_at desc limit ${MOST_MAILS}`

const AT_ONCE = 20

export const dueSql = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  select ticket_id::text as "ticketId", revision from desk.gmail_queue_due
  where workspace_id = ${workspaceId}::uuid and at <= ${now} order by at, ticket_id limit ${AT_ONCE}`

export const dueTickets = (ctx: Ctx, workspaceId: string): Promise<DueTicket[]> =>
  inWorkspace(ctx, workspaceId, (tx) => tx.$queryRaw<DueTicket[]>(dueSql(workspaceId, tx.now)), { reads: true })

/** The ticket is as it should be, unless it changed meanwhile: then it is still due. */
export const settled = (ctx: Ctx, workspaceId: string, { ticketId, revision }: DueTicket): Promise<number> =>
  inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$executeRaw`
      delete from desk.gmail_queue_due where workspace_id = ${workspaceId}::uuid and ticket_id = ${ticketId}::uuid and revision = ${revision}::int`,
  )

/** It cannot be written now. */
export const putOff = (ctx: Ctx, workspaceId: string, { ticketId }: DueTicket, seconds: number): Promise<number> =>
  inWorkspace(ctx, workspaceId, (tx) => {
    const at = new Date(tx.now.getTime() + seconds * 1_000)
    return tx.$executeRaw`update desk.gmail_queue_due set at = ${at} where workspace_id = ${workspaceId}::uuid and ticket_id = ${ticketId}::uuid`
  })
