import { Day } from '../../../shared/days.ts'
import { dayIn, instantIn } from '../../platform/calendar.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** 09:05, by the clocks of a time zone (IANA name). */
export function clockIn(zone: string, at: Date): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(zone, clock)
  return clock.format(at)
}

/** 2026-11-22T09:05, as a field of a form holds it. */
export const wallIn = (zone: string, at: Date): string => `${dayIn(zone, at)}T${clockIn(zone, at)}`

/** A day that a desk can have, YYYY-MM-DD. */
export const isDay = (text: string): boolean => Day.safeParse(text).success

const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::\d{2}(?:\.\d+)?)?$/

/**
 * The instant that was typed; null for what is no time.
 * @param was what the field held: untouched, it keeps its seconds, and of an hour that clocks show twice the one it was
 * @param after what it cannot be before: of an hour that clocks show twice it is the second, where the first would be
 */
export function typedInstant(
  zone: string,
  typed: string,
  was: string | null,
  after: string | null = null,
): Date | null {
  if (was !== null && typed === wallIn(zone, new Date(was))) return new Date(was)
  const [whole, day = '', hours, minutes] = WALL.exec(typed) ?? []
  if (whole === undefined || !isDay(day)) return null
  const first = instantIn(zone, day, Number(hours) * 60 + Number(minutes))
  return after !== null && first < new Date(after) ? secondOf(zone, first) : first
}

/** Minutes by which clocks are put back anywhere. */
const PUT_BACK = [30, 60, 120]

/** When clocks show the same once more; the instant itself where they do not. */
const secondOf = (zone: string, first: Date): Date =>
  PUT_BACK.map((minutes) => new Date(first.getTime() + minutes * 60_000)).find(
    (later) => wallIn(zone, later) === wallIn(zone, first),
  ) ?? first
