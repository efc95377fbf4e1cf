import type { DueTime } from '../../sla/index.ts'
import { type Standing, standingAt } from './rewinding.ts'
import { MOVES_DUE_TIMES, type Past } from './waiting-for.ts'

/** What a ticket's past looks like from today. */
export type Known = { now: Standing; history: readonly Past[]; due: readonly DueTime[] }

/**
 * When a ticket came near to a due time because of an event, as the watch over due times finds it: awake, before it is late, and once for
 * each due time. Null when it did not.
 * @param near from when on that is near enough to an instant; milliseconds
 */
export function nearDueAt(past: Past, known: Known, near: (dueAt: number) => number): Date | null {
  const { due, history } = known
  const stretch = due.find(({ from }) => from === startOf(past))
  if (!stretch || history.find((one) => begins(one) && startOf(one) === stretch.from)?.id !== past.id) return null
  const at = foundIn(stretch, known, near)
  const earlier = due.filter(({ from, dueAt }) => from < stretch.from && dueAt === stretch.dueAt)
  return earlier.some((one) => foundIn(one, known, near) !== null) ? null : at
}

const begins = ({ type }: Past): boolean => MOVES_DUE_TIMES.includes(type)

/** A sender's clock may be ahead. */
const startOf = ({ occurredAt, at }: Past): number => Math.min(occurredAt.getTime(), at.getTime())

function foundIn(
  { from, until, dueAt }: DueTime,
  { now, history }: Known,
  near: (dueAt: number) => number,
): Date | null {
  const end = Math.min(until ?? dueAt, dueAt)
  const first = Math.max(from, near(dueAt))
  const woken = history.flatMap(({ type, at }) =>
    type === 'ticket.woken' && at.getTime() > first ? [at.getTime()] : [],
  )
  const at = [first, ...woken].find((each) => each < end && !standingAt(now, history, new Date(each)).snoozed)
  return at === undefined ? null : new Date(at)
}
