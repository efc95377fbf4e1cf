import type { Hours } from '../../../../shared/shifts.ts'
import { instantIn } from '../../../platform/calendar.ts'

/** Time that somebody is to work. It belongs to the day on which it begins, YYYY-MM-DD. */
export type Stretch = { day: string; startsAt: Date; endsAt: Date }

/** The instant at which clocks show so many minutes since the midnight of a day. */
export type WallClock = (day: string, minutes: number) => Date

/** Clocks of a time zone (IANA name), which remember what they were asked: a plan asks for the same few times of each day. */
export function wallClock(zone: string): WallClock {
  const known = new Map<string, Date>()
  return (day, minutes) => {
    const key = `${day}/${minutes}`
    const at = known.get(key) ?? instantIn(zone, day, minutes)
    known.set(key, at)
    return at
  }
}

/**
 * Hours of days as instants, in their order. Where clocks leap forward, a time that they leave out is as much later; so hours give way
 * to those before them, and hours of which nothing is left are none. Of a time that clocks show twice it is the first.
 */
export function layOut(clock: WallClock, days: readonly { day: string; hours: readonly Hours[] }[]): Stretch[] {
  const wanted = days
    .flatMap(({ day, hours }) =>
      hours.map(({ from, to }) => ({ day, startsAt: clock(day, from), endsAt: clock(day, to) })),
    )
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime())
  const laid: Stretch[] = []
  for (const { day, startsAt: begin, endsAt } of wanted) {
    const last = laid.at(-1)
    const startsAt = last && last.endsAt > begin ? last.endsAt : begin
    if (endsAt > startsAt) laid.push({ day, startsAt, endsAt })
  }
  return laid
}

/** Whether two have a moment in common. */
export const overlap = (one: Omit<Stretch, 'day'>, other: Omit<Stretch, 'day'>): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt
