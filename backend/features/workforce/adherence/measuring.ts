import type { Adherence } from '../../../../shared/shifts.ts'
import { common, lengthOf, type Span } from './stretches.ts'

/** A shift that takes place; all of it belongs to the day on which it begins. */
export type Planned = Span & { day: string }
/** `to` is null while it goes on. */
export type Open = { from: number; to: number | null }
export type Taken = Open & { allowedMs: number }
/** Days with their first instant and that of the day after, and up to when everything counts. */
export type Rules = { now: number; days: readonly (Span & { day: string })[] }

const MINUTE = 60_000

/**
 * What somebody did against their plan, for each day. All lists are in order of time, and within each nothing overlaps. What of a
 * shift has passed is told apart without a rest: worked, on a break, over a break, late, gone early, away in between, or absent.
 * @param planned every shift that reaches into the days, also of the day before
 * @param sessions times at work
 * @param breaks those within them; what is longer than `allowedMs` is over
 * @returns minutes, with fractions
 */
export function adherenceOf(
  planned: readonly Planned[],
  sessions: readonly Open[],
  breaks: readonly Taken[],
  { now, days }: Rules,
): Adherence[] {
  const work = ended(sessions, now)
  const within = partsOf(breaks, now)
  const off = ended(breaks, now)
  return days.map(({ day, ...bounds }) => {
    const shifts = planned.filter((shift) => shift.day === day)
    const parts = shifts.map((shift) => shiftOf(shift, work, within, now))
    const here = common(work, [bounds])
    const free = common(off, here)
    const outside = lengthOf(here) - lengthOf(common(here, planned)) - lengthOf(free) + lengthOf(common(free, planned))
    return { day, ...inMinutes({ ...summed(parts), planned: lengthOf(shifts), outside }) }
  })
}

/** What goes on has lasted until now; what has no length is nothing. */
const ended = (all: readonly Open[], now: number): Span[] =>
  all.map(({ from, to }) => ({ from, to: Math.min(to ?? now, now) })).filter(({ from, to }) => to > from)

type Parts = { allowed: Span[]; over: Span[] }

/** Breaks parted at the end of what is allowed. */
function partsOf(breaks: readonly Taken[], now: number): Parts {
  const allowed = breaks.map(({ from, to, allowedMs }) => ({ from, to: Math.min(to ?? now, from + allowedMs) }))
  const over = breaks.map(({ from, to, allowedMs }) => ({ from: from + allowedMs, to }))
  return { allowed: ended(allowed, now), over: ended(over, now) }
}

const NOTHING = { due: 0, worked: 0, onBreak: 0, overBreak: 0, late: 0, early: 0, away: 0, absent: 0 }
type Sum = typeof NOTHING

function shiftOf({ from, to }: Span, work: readonly Span[], { allowed, over }: Parts, now: number): Sum {
  const end = Math.min(to, now)
  if (end <= from) return NOTHING
  const due = end - from
  const there = common(work, [{ from, to: end }])
  const [first, last] = [there[0], there.at(-1)]
  if (!first || !last) return { ...NOTHING, due, ...(to <= now ? { absent: due } : { late: due }) }
  const present = lengthOf(there)
  const onBreak = lengthOf(common(there, allowed))
  const overBreak = lengthOf(common(there, over))
  return {
    ...NOTHING,
    due,
    worked: present - onBreak - overBreak,
    onBreak,
    overBreak,
    late: first.from - from,
    early: end - last.to,
    away: last.to - first.from - present,
  }
}

const summed = (parts: readonly Sum[]): Sum =>
  parts.reduce(
    (sum, part) =>
      Object.fromEntries(Object.entries(sum).map(([name, ms]) => [name, ms + part[name as keyof Sum]])) as Sum,
    NOTHING,
  )

const inMinutes = <T extends Record<string, number>>(all: T): T =>
  Object.fromEntries(Object.entries(all).map(([name, ms]) => [name, ms / MINUTE])) as T
