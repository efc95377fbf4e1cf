import type { MailWhy } from '../../../shared/mail-why.ts'
import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import { replySent } from './events.ts'
import { joinTickets } from './joining.ts'
import { lockGoingOn, NOBODY_WAITS } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { storeMail } from './storing.ts'

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
  const author = authorOf(staffId)
  const why: MailWhy = mail.why ?? (found ? 'own_answer' : 'written_first')
  const withWhy = { ...mail, why }
  if (found) {
    const ticket = await lockGoingOn(tx, found)
    const [joined] = await joinTickets(tx, box, [{ mail: withWhy, ticket, direction: 'out', author, met: [], byClaim }])
    if (joined === undefined) throw new Error('An answer that joins a ticket is a message')
    return { ticketId: ticket.id, messageId: joined, outcome: 'joined' }
  }
  const { ticket, facts } = await firstContact(tx, mail, author, madeBy ?? author)
  const messageId = await storeMail(tx, box, withWhy, { ticketId: ticket.id, direction: 'out', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const about = { ticketId: ticket.id, by: author, occurredAt, historical }
  await record(tx, [...facts, replySent({ ...about, messageId, staffId, automatic, why, ...(byClaim && { byClaim }) })])
  return { ticketId: ticket.id, messageId, outcome: 'ticket' }
}

/** Whose words a mail of the team is; nobody's when nothing says so. */
export const authorOf = (staffId: string | null): Author =>
  staffId ? { kind: 'staff', id: staffId } : { kind: 'unknown', id: null }

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
