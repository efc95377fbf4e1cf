import { TICKET_PRIORITIES, type TicketStatus } from '../../../../shared/tickets.ts'
import { type LockedTicket, NOBODY_WAITS } from '../locking.ts'

/** Whether a ticket is worked on, and since when its customer waits. */
export type Standing = { status: TicketStatus; queueAt: Date }

/** What the mails of a ticket say. `since`: the first that nobody answered; null when the last word is ours. */
export type Mails = { since: Date | null; answered: boolean }

/** What a merge changes of its survivor. */
export type Merged = Standing & Pick<LockedTicket, 'priority' | 'category' | 'assigneeId'>

/**
 * How a ticket stands that took another one over: whoever waited goes on waiting from the same moment, nothing urgent becomes less so,
 * and what one of them did not know the other says.
 */
export function combined(survivor: Merged, merged: Merged): Merged {
  const status = aliver(survivor.status, merged.status)
  const waits = status === 'new' || status === 'open' || status === 'on_hold'
  return {
    status,
    queueAt: waits ? earlier(survivor.queueAt, merged.queueAt) : NOBODY_WAITS,
    priority: TICKET_PRIORITIES[Math.max(rank(survivor.priority), rank(merged.priority))] ?? survivor.priority,
    category: survivor.category ?? merged.category,
    assigneeId: survivor.assigneeId ?? merged.assigneeId,
  }
}

const LIVELINESS: readonly TicketStatus[] = ['closed', 'solved', 'pending', 'on_hold', 'new', 'open']

/** A new ticket that takes over one that was worked on is new no more. */
function aliver(one: TicketStatus, other: TicketStatus): TicketStatus {
  if ((one === 'new') !== (other === 'new') && isWork(one) && isWork(other)) return 'open'
  return LIVELINESS.indexOf(one) >= LIVELINESS.indexOf(other) ? one : other
}

const isWork = (status: TicketStatus) => status !== 'solved' && status !== 'closed'

const rank = (priority: LockedTicket['priority']) => TICKET_PRIORITIES.indexOf(priority)

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** How a ticket stands by its mails, when mails came or went that it was not asked about. What a person finished stays finished. */
export function standingBy(mails: Mails, before: Standing): Standing {
  const { status } = before
  if (status === 'solved' || status === 'closed') return { status, queueAt: NOBODY_WAITS }
  if (mails.since !== null) return { status: wakened(status, mails.answered), queueAt: mails.since }
  if (!mails.answered || status === 'on_hold') return before
  return { status: 'pending', queueAt: NOBODY_WAITS }
}

function wakened(status: TicketStatus, answered: boolean): TicketStatus {
  if (status === 'on_hold') return status
  return status === 'new' && !answered ? 'new' : 'open'
}

export const sameStanding = (one: Standing, other: Standing): boolean =>
  one.status === other.status && one.queueAt.getTime() === other.queueAt.getTime()
