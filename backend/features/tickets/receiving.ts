import type { MailWhy } from '../../../shared/mail-why.ts'
import type { TicketStatus } from '../../../shared/tickets.ts'
import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import type { Beginner } from './beginning.ts'
import { mailReceived, ticketMoved, ticketUnvoided } from './events.ts'
import { takeFromLeavers } from './leavers.ts'
import { changeTicket, type LockedTicket, lockGoingOn, NOBODY_WAITS } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { changesSubject } from './mail-key.ts'
import { askForOrdersIn } from './noting-orders.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { later, storeMail } from './storing.ts'
import { isOnlyThanks } from './thanks.ts'

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
  const isThanks = !mail.automatic && !mail.historical && isOnlyThanks(mail.excerpt, [mail.from.name])
  const { oldMs = Number.POSITIVE_INFINITY } = opens
  const { joins, follows } = await placeFor(tx, mail, found, { customerId: customer.id, isThanks, oldMs })
  const why: MailWhy = follows ? 'old_ticket' : (mail.why ?? 'new')
  const opening = { customerId: customer.id, status: 'new', queueAt: mail.sentAt, follows, by: opens.by } as const
  const { ticket, facts } = joins ? { ticket: joins, facts: [] } : await openTicket(tx, mail, opening, opens.begin)
  const author = { kind: 'customer', id: customer.id } as const
  const messageId = await storeMail(tx, box, { ...mail, why }, { ticketId: ticket.id, direction: 'in', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const thanks = joins !== null && isThanks && mayThank(joins)
  const about = { ticketId: ticket.id, by: author, occurredAt, historical }
  const newSubject = joins !== null && !automatic && !historical && changesSubject(ticket.subject, mail.subject)
  const told = { ...(thanks && { thanks }), ...(newSubject && { newSubject }) }
  const received = mailReceived({ ...about, messageId, automatic, why, ...told })
  const moved = joins ? await (thanks ? thanked(tx, ticket, mail) : answered(tx, ticket, mail, author)) : []
  await record(tx, [...customer.facts, ...facts, received, ...moved])
  if (joins !== null && joins.assigneeId !== null && moved.length > 0) await takeFromLeavers(tx, [ticket.id])
  await askForOrdersIn(tx, messageId, mail)
  return { ticketId: ticket.id, messageId, outcome: joins ? 'joined' : 'ticket' }
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
  { customerId, isThanks, oldMs }: { customerId: string; isThanks: boolean; oldMs: number },
): Promise<Place> {
  if (found === null) return { joins: null, follows: null }
  const ticket = await lockGoingOn(tx, found)
  if (!isOver(ticket, mail, oldMs) || mail.automatic || mail.historical || (isThanks && mayThank(ticket)))
    return { joins: ticket, follows: null }
  const next = await followerOf(tx, ticket.id, customerId)
  const follower = next === null ? null : await lockGoingOn(tx, next)
  return follower && !isOver(follower, mail, oldMs)
    ? { joins: follower, follows: null }
    : { joins: null, follows: ticket.id }
}

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

/** Thanks ask for nothing only where nobody owed an answer. */
const mayThank = ({ voidReason, queueAt, status }: LockedTicket): boolean =>
  voidReason === null && status !== 'new' && queueAt.getTime() === NOBODY_WAITS.getTime()

/** Thanks move nothing: the ticket is only shown to whoever likes to read them. */
async function thanked(tx: Tx, ticket: LockedTicket, mail: MailToFile): Promise<Fact[]> {
  await changeTicket(tx, ticket.id, {
    messageCount: { increment: 1 },
    lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
    thanksAt: mail.sentAt,
  })
  return []
}

/** An answer reopens what waited for it; automatic and historical mail and answers to spam reopen nothing. */
async function answered(tx: Tx, ticket: LockedTicket, mail: MailToFile, by: Fact['by']): Promise<Fact[]> {
  const wakes = !mail.automatic && !mail.historical && ticket.voidReason !== 'spam'
  const status: TicketStatus = wakes && ticket.status !== 'new' ? 'open' : ticket.status
  const waits = ticket.queueAt.getTime() !== NOBODY_WAITS.getTime()
  await changeTicket(tx, ticket.id, {
    messageCount: { increment: 1 },
    status,
    lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
    ...(wakes && { voidReason: null, queueAt: waits ? ticket.queueAt : mail.sentAt, thanksAt: null }),
  })
  const { id: ticketId, voidReason } = ticket
  return [
    ...(wakes && voidReason ? [ticketUnvoided({ ticketId, reason: voidReason, by })] : []),
    ...(status === ticket.status ? [] : [ticketMoved({ ticketId, from: ticket.status, to: status, by })]),
  ]
}
