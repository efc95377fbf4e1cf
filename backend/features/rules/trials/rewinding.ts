import type { TicketPriority, TicketStatus, VoidReason } from '../../../../shared/tickets.ts'
import type { Facts } from '../judging/facts.ts'
import type { Past } from './waiting-for.ts'

/** What the record knows of a ticket's past. */
export type Standing = Pick<Facts, 'status' | 'priority' | 'assigneeId' | 'snoozed' | 'voidReason' | 'waitsSince'>

/**
 * How a ticket stood at an instant: as it stands now, with everything turned back that came later.
 * @param history what happened to it, oldest first
 */
export function standingAt(now: Standing, history: readonly Past[], at: Date): Standing {
  const later = history.filter((past) => past.at > at)
  const first = (...types: string[]) => later.find(({ type }) => types.includes(type))
  const before = <T>(past: Past | undefined, field: string, current: T): T =>
    past ? (past.payload[field] as T) : current
  const slept = first('ticket.snoozed', 'ticket.woken')
  return {
    status: before<TicketStatus>(first('ticket.moved'), 'from', now.status),
    priority: before<TicketPriority>(first('ticket.prioritised'), 'before', now.priority),
    assigneeId: before<string | null>(first('ticket.assigned'), 'before', now.assigneeId),
    snoozed: slept ? slept.type === 'ticket.woken' : now.snoozed,
    voidReason: voidBefore(first('ticket.voided', 'ticket.unvoided'), now.voidReason),
    waitsSince: waitingAt(history, at),
  }
}

const voidBefore = (past: Past | undefined, current: VoidReason | null): VoidReason | null => {
  if (!past) return current
  return past.type === 'ticket.voided' ? null : (past.payload['reason'] as VoidReason)
}

/** Since when the customer waited: their first mail after the last answer, unless somebody said that nobody waits. */
function waitingAt(history: readonly Past[], at: Date): Date | null {
  let since: Date | null = null
  for (const { type, payload, occurredAt, at: recorded } of history) {
    if (recorded > at) break
    if (payload['automatic'] === true) continue
    if (type === 'mail.received') since ??= occurredAt
    else if (type === 'reply.sent' && payload['kept'] !== true) since = null
    else if (type === 'ticket.moved' && payload['to'] !== 'open' && payload['to'] !== 'on_hold') since = null
  }
  return since
}
