import type { Interval, Period } from '../../../../shared/analytics.ts'
import { DeskError } from '../../../platform/errors.ts'
import { keptFew } from './kept-few.ts'
import { dayAfter, dayBegins, dayOf, knownZone, offsetsBetween } from './zones.ts'

/** A period by the clocks of a zone, in milliseconds; `toAt` is the first instant that is not in it. */
export type Stretch = { from: string; to: string; zone: string; fromAt: number; toAt: number }

const FIRST_YEAR = 2000
const LAST_YEAR = 2200

/** @throws DeskError invalid_request for a period that ends before it begins, or an unknown zone */
export function stretchOf({ from, to, zone }: Period & { zone: string }): Stretch {
  knownZone(zone)
  if (to < from)
    throw new DeskError('invalid_request', `The period ends on ${to}, before it begins on ${from}.`, {
      fields: [{ path: 'to', message: 'A period ends on the day on which it begins, or later.' }],
    })
  for (const [path, day] of Object.entries({ from, to }))
    if (Number(day.slice(0, 4)) < FIRST_YEAR || Number(day.slice(0, 4)) > LAST_YEAR)
      throw new DeskError('invalid_request', `Figures are told for the years ${FIRST_YEAR} to ${LAST_YEAR}.`, {
        fields: [{ path, message: `Choose a day in the years ${FIRST_YEAR} to ${LAST_YEAR}.` }],
      })
  return { from, to, zone, fromAt: dayBegins(zone, from), toAt: dayBegins(zone, dayAfter(to)) }
}

/** More stretches of time than anybody looks at. */
const MOST = 20_000

/**
 * The beginnings of the stretches of time that a period has, oldest first. The first one begins with the period, whatever its week or month.
 * A day that the clocks of the zone leave out has none; one with a change of the clocks has 23 or 25 hours.
 * @throws DeskError invalid_request for too many
 */
export function beginningsOf(stretch: Stretch, interval: Interval): readonly number[] {
  if (interval === 'none') return [stretch.fromAt]
  const days = Math.round((stretch.toAt - stretch.fromAt) / 86_400_000)
  if ((interval === 'hour' ? days * 24 : days) > MOST * (interval === 'hour' || interval === 'day' ? 1 : 30))
    throw new DeskError('invalid_request', `That would be more than ${MOST} stretches of time. Choose longer ones.`, {
      fields: [{ path: 'interval', message: 'Choose a longer stretch of time, or a shorter period.' }],
    })
  return manyBeginnings({ ...stretch, interval })
}

/** Years of hours take a tenth of a second. */
const manyBeginnings = keptFew(
  ({ from, to, zone, interval }: Stretch & { interval: Interval }) => `${from} ${to} ${zone} ${interval}`,
  ({ interval, ...stretch }): readonly number[] => {
    const found = interval === 'hour' ? hoursOf(stretch) : daysOf(stretch, interval)
    return [...new Set([stretch.fromAt, ...found])].filter((at) => at >= stretch.fromAt && at < stretch.toAt)
  },
)

function daysOf({ from, to, zone, fromAt, toAt }: Stretch, interval: Interval): number[] {
  const found: number[] = []
  const offsets = offsetsBetween(zone, fromAt, toAt)
  for (let day = from, n = 0; day <= to; day = dayAfter(day)) {
    if (!begins(day, interval)) continue
    const midnight = Date.parse(`${day}T00:00:00Z`)
    const isOver = (one: number) =>
      midnight - (offsets[one]?.offset ?? 0) >= (offsets[one + 1]?.from ?? Number.POSITIVE_INFINITY)
    while (isOver(n)) n++
    const { from: since, offset } = offsets[n] ?? { from: Number.POSITIVE_INFINITY, offset: 0 }
    found.push(midnight - offset >= since ? midnight - offset : dayBegins(zone, day)) // a day may have no midnight
  }
  return found
}

function begins(day: string, interval: Interval): boolean {
  if (interval === 'week') return new Date(`${day}T00:00:00Z`).getUTCDay() === 1
  return interval === 'month' ? day.endsWith('-01') : true
}

/** When the stretch of time in which an instant lies begins and ends by the calendar, whatever the period. */
export function wholeStretch(zone: string, at: number, interval: 'day' | 'week' | 'month'): [number, number] {
  const day = dayOf(zone, at)
  if (interval === 'day') return [dayBegins(zone, day), dayBegins(zone, dayAfter(day))]
  if (interval === 'month') {
    const first = `${day.slice(0, 8)}01`
    return [dayBegins(zone, first), dayBegins(zone, `${dayAfter(first, 31).slice(0, 8)}01`)]
  }
  const monday = dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  return [dayBegins(zone, monday), dayBegins(zone, dayAfter(monday, 7))]
}

const HOUR_MS = 3_600_000

/** An hour begins whenever a clock on the wall shows it begin, and when the clocks are turned. */
function hoursOf({ zone, fromAt, toAt }: Stretch): number[] {
  const found: number[] = []
  const offsets = offsetsBetween(zone, fromAt, toAt)
  for (const [n, { from, offset }] of offsets.entries()) {
    const begin = Math.max(from, fromAt)
    const end = Math.min(offsets[n + 1]?.from ?? toAt, toAt)
    if (begin > fromAt) found.push(begin)
    const first = Math.ceil((begin + offset) / HOUR_MS) * HOUR_MS - offset
    for (let at = first; at < end; at += HOUR_MS) found.push(at)
  }
  return found
}
