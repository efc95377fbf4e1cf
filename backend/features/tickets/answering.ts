import type { MailWhy } from '../../../shared/mail-why.ts'
import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import { standingAfter, takeAfterSending } from './after-sending.ts'
import { firstResponded, replySent, ticketMoved } from './events.ts'
import { changeTicket, type LockedTicket, lockGoingOn, NOBODY_WAITS } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { later, storeMail } from './storing.ts'

/**
 * Files what the team sent, read in the archive or sent by us: the ticket goes on as its sender chose, and the first answer counts.
 * @param writer whose words these are
 * @param madeBy who makes it a ticket, if not its author
 */
export async function fileStaffMail(
  tx: Tx,
  box: Box,
  given: MailToFile,
  found: string | null,
  { staffId, byClaim }: Writer,
  madeBy?: Fact['by'],
): Promise<Filed> {
  const { known, mail } = await recognise(tx, box, given, 'out')
  if (known) return { ...known, outcome: 'duplicate' }
  const author = staffId ? ({ kind: 'staff', id: staffId } as const) : ({ kind: 'unknown', id: null } as const)
  const { ticket, facts } = found
    ? { ticket: await lockGoingOn(tx, found), facts: [] }
    : await firstContact(tx, mail, author, madeBy ?? author)
  const why: MailWhy = mail.why ?? (found ? 'own_answer' : 'written_first')
  const messageId = await storeMail(tx, box, { ...mail, why }, { ticketId: ticket.id, direction: 'out', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const { kept, moved } = found ? await replied(tx, ticket, mail, author) : NOTHING_MOVED
  const about = { ticketId: ticket.id, by: author, occurredAt, historical }
  await record(tx, [
    ...facts,
    replySent({ ...about, messageId, staffId, automatic, why, ...(byClaim && { byClaim }), ...kept }),
    ...moved,
  ])
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

/** `staffId` is null when nothing says who; `byClaim` when it is who was on the ticket. */
export type Writer = { staffId: string | null; byClaim?: true }

type Author = { kind: 'staff'; id: string } | { kind: 'unknown'; id: null }

type Replied = { kept: { kept: true; owedUntil: string | null } | null; moved: Fact[] }

const NOTHING_MOVED: Replied = { kept: null, moved: [] }

/** An answer moves its ticket as its sender chose, to pending as a rule; nothing moves when the customer wrote since. */
async function replied(tx: Tx, ticket: LockedTicket, mail: MailToFile, by: Author): Promise<Replied> {
  const counts = !mail.automatic && !mail.historical
  const after = counts ? await takeAfterSending(tx, ticket, { staffId: by.id, sentAt: mail.sentAt }) : null
  const isLast = mail.sentAt >= ticket.lastMessageAt
  const { status, queueAt } = after && isLast ? standingAfter(ticket, after, mail.sentAt) : ticket
  const moves = status !== ticket.status
  const mayBeFirst = !mail.automatic && ticket.firstResponseAt === null
  const asked = mayBeFirst ? await askedAt(tx, ticket, mail.sentAt) : null
  await changeTicket(tx, ticket.id, {
    messageCount: { increment: 1 },
    lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
    status,
    queueAt,
    ...(counts && { thanksAt: null }),
    ...(asked && { firstResponseAt: mail.sentAt, firstResponseById: by.id }),
  })
  const about = { ticketId: ticket.id, by, occurredAt: mail.sentAt, historical: mail.historical }
  const first = asked && firstResponded({ ...about, staffId: by.id, seconds: secondsBetween(asked, mail.sentAt) })
  const isKept = after?.kind === 'keep' && isLast && isOpen(status)
  return {
    kept: isKept ? { kept: true, owedUntil: after.until?.toISOString() ?? null } : null,
    moved: [...(first ? [first] : []), ...(moves ? [ticketMoved({ ...about, from: ticket.status, to: status })] : [])],
  }
}

const isOpen = (status: LockedTicket['status']) => status === 'open' || status === 'on_hold'

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
