import { LIMITS } from '../../../shared/limits.ts'
import type { TicketStatus } from '../../../shared/tickets.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Fact } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { type Beginner, type Beginning, PLAIN_BEGINNING } from './beginning.ts'
import { ticketCreated } from './events.ts'
import { type LockedTicket, NEVER_SOLVED, NOBODY_WAITS } from './locking.ts'
import type { MailToFile } from './mail.ts'
import { nextNumbers } from './numbers.ts'

type Opening = {
  customerId: string
  status: TicketStatus
  queueAt: Date
  follows: string | null
  /** Who made it a ticket; the customer unless given. */
  by?: Fact['by'] | undefined
  assigneeId?: string | null
  tags?: string[]
}

/** A new ticket, and what is to be recorded of it together with what the caller does. */
export type Opened = { ticket: LockedTicket; facts: Fact[] }

/**
 * A new ticket of a mail, which its first message is. Historical mail opens closed tickets: nobody waits for an answer to last
 * year's question, and who writes again begins a new one that follows it.
 * @param begin who judges a customer's mail; without one the ticket begins plain
 */
export async function openTicket(tx: Tx, mail: MailToFile, opening: Opening, begin?: Beginner): Promise<Opened> {
  const [opened] = await openTickets(tx, [{ mail, opening }], begin)
  if (!opened) throw new Error('A mail opens a ticket')
  return opened
}

type ToOpen = { mail: MailToFile; opening: Opening }

/** The same for many mails, in their order and with what else is given of each. */
export async function openTickets<T extends ToOpen>(
  tx: Tx,
  mails: readonly T[],
  begin: Beginner = plain,
): Promise<(T & Opened)[]> {
  const numbered = await nextNumbers(tx, mails.length)
  const beginnings = await begin(
    tx,
    numbered,
    mails.map(({ mail, opening: { customerId } }) => ({ ...mail, customerId })),
  )
  const rows = mails.map((given, n) => {
    const { mail, opening } = given
    const beginning = beginnings[n] ?? PLAIN_BEGINNING
    const ticket = newTicket(tx, numbered.number + n, mail, { ...opening, ...beginning })
    return { given, mail, opening, beginning, ticket }
  })
  await tx.send(Prisma.sql`
    insert into desk.ticket (workspace_id, id, number, subject, customer_id, mailbox_id, follows_id, status, priority, category, language, triage,
      tags, assignee_id, queue_at, created_at, solved_at, last_message_at, message_count)
    values ${Prisma.join(rows.map((row) => rowSql(tx, row)))}`)
  return rows.map(({ given, mail, opening, ticket }) => ({
    ...given,
    ticket,
    facts: [createdFact(ticket, mail, opening)],
  }))
}

const plain: Beginner = async (_tx, _numbered, mails) => mails.map(() => PLAIN_BEGINNING)

const newTicket = (
  tx: Tx,
  number: number,
  mail: MailToFile,
  { customerId, status, queueAt, tags = [], assigneeId = null, priority, category, language }: Opening & Beginning,
): LockedTicket => ({
  id: newId(tx.now),
  number,
  subject: maskCodes(mail.subject.trim() || '(no subject)').slice(0, LIMITS.subject), // stored in the open
  customerId,
  status: mail.historical ? 'closed' : status,
  priority,
  category,
  language,
  tags,
  assigneeId,
  voidReason: null,
  mergedIntoId: null,
  queueAt: mail.historical ? NOBODY_WAITS : queueAt,
  createdAt: mail.sentAt,
  solvedAt: mail.historical ? mail.sentAt : NEVER_SOLVED,
  lastMessageAt: mail.sentAt,
  firstResponseAt: null,
  snoozedUntil: null,
  version: 1,
})

type Row = ToOpen & { beginning: Beginning; ticket: LockedTicket }

const rowSql = ({ workspaceId }: Tx, { mail, opening, beginning: { triage }, ticket }: Row) => Prisma.sql`
  (${workspaceId}::uuid, ${ticket.id}::uuid, ${ticket.number}::int, ${ticket.subject}, ${ticket.customerId}::uuid, ${mail.mailboxId}::uuid,
    ${opening.follows}::uuid, ${ticket.status}, ${ticket.priority}, ${ticket.category}, ${ticket.language}, ${triage && JSON.stringify(triage)}::jsonb,
    ${ticket.tags}::text[], ${ticket.assigneeId}::uuid, ${ticket.queueAt}::timestamptz, ${ticket.createdAt}::timestamptz, ${ticket.solvedAt}::timestamptz,
    ${ticket.lastMessageAt}::timestamptz, 1)`

function createdFact({ id: ticketId, customerId, priority }: LockedTicket, mail: MailToFile, opening: Opening): Fact {
  const { mailboxId, historical, counted, sentAt: occurredAt } = mail
  const { follows: followsId, by = { kind: 'customer', id: customerId } } = opening
  const how = {
    ...(priority !== 'normal' && { priority }),
    ...(mail.quiet && { quiet: true }),
    ...(counted && { counted }),
  }
  return ticketCreated({ ticketId, customerId, mailboxId, followsId, ...how, by, occurredAt, historical })
}
