import type { BusinessHours, OpenInterval } from '../../../../shared/sla.ts'
import { DAY_MS, MINUTE_MS, type Stretch, stretchesOf } from './zone.ts'

/** Open from `from` until right before `to`; `before` is how long it has been open since the year began. */
export type Opening = { from: number; to: number; before: number }

export type OpenYear = { openings: readonly Opening[]; total: number }

/**
 * When it is open in a year of UTC: whenever a clock on the wall of the zone shows a time inside an interval of that day. An hour that
 * clocks leave out is not worked, one that they show twice is worked twice.
 */
export function openYear(hours: BusinessHours, year: number): OpenYear {
  const dayOf = days(hours)
  const openings: Opening[] = []
  let total = 0
  for (const stretch of stretchesOf(hours.timeZone, year))
    for (const { from, to } of openingsIn(stretch, dayOf)) {
      openings.push({ from, to, before: total })
      total += to - from
    }
  return { openings, total }
}

function* openingsIn({ from, to, offset }: Stretch, dayOf: (wallDay: number) => readonly OpenInterval[]) {
  const lastDay = Math.floor((to - 1 + offset) / DAY_MS)
  for (let day = Math.floor((from + offset) / DAY_MS); day <= lastDay; day++)
    for (const interval of dayOf(day)) {
      const midnight = day * DAY_MS - offset
      const opens = Math.max(from, midnight + interval.from * MINUTE_MS)
      const closes = Math.min(to, midnight + interval.to * MINUTE_MS)
      if (opens < closes) yield { from: opens, to: closes }
    }
}

const THURSDAY = 3 // 1970 began on one

/** The intervals of a day, counted since 1970 by the calendar on the wall, in their order. */
function days({ week, specialDays }: BusinessHours): (wallDay: number) => readonly OpenInterval[] {
  const inOrder = (intervals: readonly OpenInterval[]) => [...intervals].sort((a, b) => a.from - b.from)
  const weekdays = week.map(inOrder)
  const special = specialDays
    .map(({ from, to, intervals }) => ({ from: dayNumber(from), to: dayNumber(to), intervals: inOrder(intervals) }))
    .sort((a, b) => a.to - a.from - (b.to - b.from))
  return (day) =>
    special.find(({ from, to }) => from <= day && day <= to)?.intervals ??
    weekdays[(((day + THURSDAY) % 7) + 7) % 7] ??
    []
}

const dayNumber = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)
