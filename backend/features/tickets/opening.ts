import { LIMITS } from '../../../shared/limits.ts'
import type { TicketStatus } from '../../../shared/tickets.ts'
import type { Fact } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { type Beginner, PLAIN_BEGINNING } from './beginning.ts'
import { ticketCreated } from './events.ts'
import { type LockedTicket, NOBODY_WAITS } from './locking.ts'
import type { MailToFile } from './mail.ts'
import { nextNumber } from './numbers.ts'

type Opening = {
  customerId: string
  status: TicketStatus
  queueAt: Date
  follows: string | null
  /** Who made it a ticket; the customer unless given. */
  by?: Fact['by'] | undefined
  assigneeId?: string | null
  tags?: string[]
  /** Who judges a customer's mail; without one the ticket begins plain. */
  begin?: Beginner | undefined
}

/**
 * A new ticket of a mail, which its first message is. Historical mail opens solved tickets: nobody waits for an answer to last
 * year's question.
 * @returns `facts` for the caller to record with its own
 */
export async function openTicket(
  tx: Tx,
  mail: MailToFile,
  opening: Opening,
): Promise<{ ticket: LockedTicket; facts: Fact[] }> {
  const { customerId, follows: followsId, assigneeId = null, tags = [], begin } = opening
  const numbered = await nextNumber(tx)
  const { triage, ...begins } = begin ? await begin(tx, numbered, { ...mail, customerId }) : PLAIN_BEGINNING
  const ticket: LockedTicket = {
    id: newId(tx.now),
    number: numbered.number,
    subject: maskCodes(mail.subject.trim() || '(no subject)').slice(0, LIMITS.subject), // stored in the open
    customerId,
    status: mail.historical ? 'solved' : opening.status,
    ...begins,
    tags,
    assigneeId,
    voidReason: null,
    mergedIntoId: null,
    queueAt: mail.historical ? NOBODY_WAITS : opening.queueAt,
    createdAt: mail.sentAt,
    lastMessageAt: mail.sentAt,
    firstResponseAt: null,
    version: 1,
  }
  const { workspaceId } = tx
  const { mailboxId, historical, sentAt: occurredAt } = mail
  await tx.ticket.create({
    data: { ...ticket, workspaceId, mailboxId, followsId, messageCount: 1, ...(triage && { triage }) },
    select: { id: true },
  })
  const { by = { kind: 'customer', id: customerId } } = opening
  const about = { by, occurredAt, historical }
  const how = begins.priority === 'normal' ? {} : { priority: begins.priority }
  return { ticket, facts: [ticketCreated({ ticketId: ticket.id, customerId, mailboxId, followsId, ...how, ...about })] }
}
