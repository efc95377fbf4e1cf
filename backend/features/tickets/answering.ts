import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import { firstResponded, replySent, ticketMoved } from './events.ts'
import { changeTicket, type LockedTicket, lockGoingOn, NOBODY_WAITS } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { later, storeMail } from './storing.ts'

/**
 * Files what the team sent, read in the archive or sent by us: the ticket waits for the customer now, and the first answer counts.
 * @param staffId whose words these are; null when no header says so
 * @param madeBy who makes it a ticket, if not its author
 */
export async function fileStaffMail(
  tx: Tx,
  box: Box,
  given: MailToFile,
  found: string | null,
  staffId: string | null,
  madeBy?: Fact['by'],
): Promise<Filed> {
  const { known, mail } = await recognise(tx, box, given, 'out')
  if (known) return { ...known, outcome: 'duplicate' }
  const author = staffId ? ({ kind: 'staff', id: staffId } as const) : ({ kind: 'unknown', id: null } as const)
  const { ticket, facts } = found
    ? { ticket: await lockGoingOn(tx, found), facts: [] }
    : await firstContact(tx, mail, author, madeBy ?? author)
  const messageId = await storeMail(tx, box, mail, { ticketId: ticket.id, direction: 'out', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const sent = replySent({ ticketId: ticket.id, messageId, staffId, automatic, by: author, occurredAt, historical })
  const moved = found ? await replied(tx, ticket, mail, author) : []
  await record(tx, [...facts, sent, ...moved])
  return { ticketId: ticket.id, messageId, outcome: found ? 'joined' : 'ticket' }
}

/** A mail that the team writes first is a ticket of whom it is written to; it waits for them, and answers nothing. */
async function firstContact(tx: Tx, mail: MailToFile, author: Author, by: Fact['by']) {
  const [address = mail.from.address] = [...mail.to, ...mail.cc]
  const customer = await findOrCreateCustomer(tx, { address, name: '' })
  const opening = { customerId: customer.id, status: 'pending', queueAt: NOBODY_WAITS, follows: null } as const
  const { ticket, facts } = await openTicket(tx, mail, { ...opening, assigneeId: author.id, by })
  return { ticket, facts: [...customer.facts, ...facts] }
}

type Author = { kind: 'staff'; id: string } | { kind: 'unknown'; id: null }

/**
 * An answer moves open work to pending, unless the customer wrote since. A closed or solved ticket stays so: a courtesy mail reopens
 * nothing.
 */
async function replied(tx: Tx, ticket: LockedTicket, mail: MailToFile, by: Author): Promise<Fact[]> {
  const counts = !mail.automatic && !mail.historical
  const moves = counts && (ticket.status === 'new' || ticket.status === 'open') && mail.sentAt >= ticket.lastMessageAt
  const mayBeFirst = !mail.automatic && ticket.firstResponseAt === null
  const asked = mayBeFirst ? await askedAt(tx, ticket, mail.sentAt) : null
  await changeTicket(tx, ticket.id, {
    messageCount: { increment: 1 },
    lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
    ...(moves && { status: 'pending', queueAt: NOBODY_WAITS }),
    ...(asked && { firstResponseAt: mail.sentAt, firstResponseById: by.id }),
  })
  const about = { ticketId: ticket.id, by, occurredAt: mail.sentAt, historical: mail.historical }
  return [
    ...(asked ? [firstResponded({ ...about, staffId: by.id, seconds: secondsBetween(asked, mail.sentAt) })] : []),
    ...(moves ? [ticketMoved({ ...about, from: ticket.status, to: 'pending' })] : []),
  ]
}

const secondsBetween = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 1_000)

/** When the customer first asked, before this answer; a machine's mail asks only where it opened the ticket. */
async function askedAt(tx: Tx, ticket: LockedTicket, answeredAt: Date): Promise<Date | null> {
  const asks = [{ automatic: false }, { sentAt: { lte: ticket.createdAt } }]
  const where = {
    workspaceId: tx.workspaceId,
    ticketId: ticket.id,
    direction: 'in',
    sentAt: { lt: answeredAt },
    OR: asks,
  }
  const first = await tx.message.findFirst({ where, orderBy: { sentAt: 'asc' }, select: { sentAt: true } })
  return first?.sentAt ?? null
}
