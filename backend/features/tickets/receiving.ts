import type { MailWhy } from '../../../shared/mail-why.ts'
import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import type { Beginner } from './beginning.ts'
import { mailReceived } from './events.ts'
import { joinTickets } from './joining.ts'
import { type LockedTicket, lockGoingOn } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { askForOrdersIn } from './noting-orders.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { storeMail } from './storing.ts'
import { isThanks, mayThank } from './waking.ts'

/**
 * How a mail becomes a ticket: who judges it, and who makes it one if not the customer.
 * @property oldMs after so many milliseconds of silence a solved ticket is as finished as a closed one; never, unless given
 */
type Opens = { begin?: Beginner; by?: Fact['by']; oldMs?: number }

/**
 * Files what a customer wrote: joins the ticket that was found, or opens one. An answer to a ticket that is finished for good opens a
 * new one that follows it. A mail that is stored already is a duplicate and changes nothing.
 */
export async function fileCustomerMail(
  tx: Tx,
  box: Box,
  given: MailToFile,
  found: string | null,
  opens: Opens = {},
): Promise<Filed> {
  const { known, mail } = await recognise(tx, box, given, 'in')
  if (known) return { ...known, outcome: 'duplicate' }
  const customer = await findOrCreateCustomer(tx, mail.from)
  const { oldMs = Number.POSITIVE_INFINITY } = opens
  const { joins, follows } = await placeFor(tx, mail, found, { customerId: customer.id, oldMs })
  const why: MailWhy = follows ? 'old_ticket' : (mail.why ?? 'new')
  const author = { kind: 'customer', id: customer.id } as const
  const withWhy = { ...mail, why }
  if (joins) {
    const joining = { mail: withWhy, ticket: joins, direction: 'in', author, met: customer.facts } as const
    const [messageId] = await joinTickets(tx, box, [joining])
    if (messageId === undefined) throw new Error('A mail that joins a ticket is a message')
    return { ticketId: joins.id, messageId, outcome: 'joined' }
  }
  const opening = { customerId: customer.id, status: 'new', queueAt: mail.sentAt, follows, by: opens.by } as const
  const { ticket, facts } = await openTicket(tx, mail, opening, opens.begin)
  const messageId = await storeMail(tx, box, withWhy, { ticketId: ticket.id, direction: 'in', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const about = { ticketId: ticket.id, by: author, occurredAt, historical }
  await record(tx, [...customer.facts, ...facts, mailReceived({ ...about, messageId, automatic, why })])
  await askForOrdersIn(tx, messageId, mail)
  return { ticketId: ticket.id, messageId, outcome: 'ticket' }
}

type Place = { joins: LockedTicket | null; follows: string | null }

/**
 * Where a mail goes that belongs to a ticket. What a machine or the past says joins it even when it is closed; an answer to a closed
 * ticket joins the customer's newest one that follows it, so that three answers in a row are one new ticket.
 */
async function placeFor(
  tx: Tx,
  mail: MailToFile,
  found: string | null,
  { customerId, oldMs }: { customerId: string; oldMs: number },
): Promise<Place> {
  if (found === null) return { joins: null, follows: null }
  const ticket = await lockGoingOn(tx, found)
  if (goesOnWith(ticket, mail, oldMs)) return { joins: ticket, follows: null }
  const next = await followerOf(tx, ticket.id, customerId)
  const follower = next === null ? null : await lockGoingOn(tx, next)
  return follower && !isOver(follower, mail, oldMs)
    ? { joins: follower, follows: null }
    : { joins: null, follows: ticket.id }
}

/** Whether a ticket goes on with a customer's mail that belongs to it: unless it is over, but for what machines, the past and thanks say. */
export const goesOnWith = (ticket: LockedTicket, mail: MailToFile, oldMs: number): boolean =>
  !isOver(ticket, mail, oldMs) || mail.automatic || mail.historical || (isThanks(mail) && mayThank(ticket))

/** Whether a ticket is finished for good: closed, or solved so long ago that whatever comes now is something new. */
const isOver = ({ status, lastMessageAt }: LockedTicket, { sentAt }: MailToFile, oldMs: number): boolean =>
  status === 'closed' || (status === 'solved' && sentAt.getTime() - lastMessageAt.getTime() > oldMs)

/** The lock on the closed ticket makes sure that two answers at once see each other's ticket. */
async function followerOf(tx: Tx, ticketId: string, customerId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    with recursive follower as (
      select id, status, void_reason, customer_id, created_at from desk.ticket
      where workspace_id = ${tx.workspaceId}::uuid and follows_id = ${ticketId}::uuid
      union
      select t.id, t.status, t.void_reason, t.customer_id, t.created_at from follower f
      join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.follows_id = f.id)
    select id::text from follower where status <> 'closed' and coalesce(void_reason, 'merged') = 'merged' and customer_id = ${customerId}::uuid
    order by created_at desc, id desc limit 1`
  return row?.id ?? null
}
