import type { Staffing, StaffingSettings } from '../../../../shared/insight.ts'
import { peopleFor } from './staffing.ts'

type Arriving = { at: string; expected: number }
type Planned = { startsAt: Date; endsAt: Date }
type Hour = Staffing['hours'][number]

const HOUR_MS = 3_600_000

/**
 * People needed and people planned for each hour in which the desk is open.
 * @param arriving hours without a gap, oldest first
 * @param openShare how much of an hour the desk is open, 0 to 1
 */
export function staffHours(
  arriving: readonly Arriving[],
  shifts: readonly Planned[],
  { handleSeconds, settings, openShare }: NeedBy,
): Hour[] {
  const times = arriving.map(({ at }) => Date.parse(at))
  const planned = plannedIn(times, shifts)
  const work = workIn(
    arriving.map(({ expected }) => expected),
    times.map(openShare),
  )
  return times.flatMap((_, n) => {
    const tickets = work[n]
    if (tickets === null || tickets === undefined) return []
    const needed = neededFor(tickets, handleSeconds, settings)
    const there = Math.round((planned[n] ?? 0) * 100) / 100
    return [
      {
        at: arriving[n]?.at ?? '',
        tickets: Math.round(tickets * 100) / 100,
        needed,
        planned: there,
        state: stateOf(needed, there),
      },
    ]
  })
}

type NeedBy = { handleSeconds: number; settings: StaffingSettings; openShare(at: number): number }

/** People on shift who are enough when some of each shift goes to other things. */
export const neededFor = (
  tickets: number,
  seconds: number,
  { share, withinMinutes, shrinkage }: StaffingSettings,
): number =>
  Math.ceil(
    Number((peopleFor(tickets, seconds, { share, withinSeconds: withinMinutes * 60 }) / (1 - shrinkage)).toFixed(6)),
  )

/** What comes while the desk is closed waits, and is spread over the open hours up to the next time it closes. null: closed. */
function workIn(expected: readonly number[], open: readonly number[]): (number | null)[] {
  const work: (number | null)[] = expected.map((tickets, n) => ((open[n] ?? 0) > 0 ? tickets : null))
  let waiting = 0
  for (let n = 0; n < expected.length; n++) {
    if (work[n] === null) {
      waiting += expected[n] ?? 0
      continue
    }
    let end = n
    while (end < expected.length && work[end] !== null) end++
    for (let at = n; at < end; at++) work[at] = (work[at] ?? 0) + waiting / (end - n)
    waiting = 0
    n = end - 1
  }
  return work
}

/** Hours of people in each hour. */
function plannedIn(times: readonly number[], shifts: readonly Planned[]): number[] {
  const planned = times.map(() => 0)
  const first = times[0] ?? 0
  const indexOf = new Map(times.map((at, n) => [Math.floor((at - first) / HOUR_MS), n]))
  for (const { startsAt, endsAt } of shifts)
    for (
      let hour = Math.floor((startsAt.getTime() - first) / HOUR_MS);
      first + hour * HOUR_MS < endsAt.getTime();
      hour++
    ) {
      const n = indexOf.get(hour)
      if (n === undefined) continue
      const at = times[n] ?? 0
      const until = Math.min(endsAt.getTime(), times[n + 1] ?? at + HOUR_MS, at + HOUR_MS)
      planned[n] = (planned[n] ?? 0) + Math.max(0, until - Math.max(startsAt.getTime(), at)) / HOUR_MS
    }
  return planned
}

/** A whole person more is more than needed. */
const stateOf = (needed: number, planned: number): Hour['state'] =>
  planned < needed ? 'short' : planned >= needed + 1 ? 'over' : 'fits'
