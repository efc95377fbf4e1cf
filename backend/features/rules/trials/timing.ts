import type { RuleWhen } from '../../../../shared/rules.ts'
import type { openHoursIn } from '../../sla/index.ts'
import { before } from '../timing/cutting.ts'
import { type Known, nearDueAt } from './near-due.ts'
import { standingAt } from './rewinding.ts'
import type { Past } from './waiting-for.ts'

const HOUR_MS = 3_600_000
type Hours = Awaited<ReturnType<typeof openHoursIn>>

/**
 * When a rule would have been tried because of an event: at once, or when the time that began with it was over and the ticket still stood
 * there; null when that never came.
 */
export function triedAt(when: RuleWhen, past: Past, of: Known, desk: { now: Date; hours: Hours }): Date | null {
  if (when.on === 'event') return past.at
  const hours = when.unit === 'business_hours' ? desk.hours : null
  const length = when.hours * HOUR_MS
  if (when.on === 'before_due') {
    const near = nearDueAt(past, of, (dueAt) => before(hours, dueAt, when.hours))
    return near && near <= desk.now ? near : null
  }
  const end = hours ? hours.after(past.at.getTime(), length) : past.at.getTime() + length
  if (end === null || end > desk.now.getTime()) return null
  const at = new Date(end)
  return stayed(when, past, of, at) ? at : null
}

function stayed(when: RuleWhen, past: Past, { now, history }: Known, at: Date): boolean {
  if (when.on === 'waiting') return standingAt(now, history, at).waitsSince?.getTime() === past.occurredAt.getTime()
  return !history.some((other) => other.type === 'ticket.moved' && other.at > past.at && other.at <= at)
}
