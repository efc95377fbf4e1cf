import type { Draw } from '../busy-day/drawing.ts'

export const MINUTE = 60_000
export const DAY_MS = 1440 * MINUTE
/** The past that is told. */
export const DAYS = 365

/** Sunday first. People write on weekends too, and more on Monday. */
const WEEKDAYS = [0.5, 1.35, 1.2, 1.1, 1.05, 1, 0.55]
/** Hour by hour, by the clocks of the shop. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 19, 17, 16, 17, 17, 16, 15, 14, 15, 17, 15, 9, 4]

/** Stretches of the year that people remember, in days before today. */
export const BROKEN_JARS = { from: 241, to: 231 } as const
export const COURIER_STRIKE = { from: 61, to: 51 } as const
/** Bottles of oil that nobody had closed; of this week, so that the desk is surprised. */
export const LOOSE_LIDS = { from: 6, to: -1 } as const

export const isWithin = (ago: number, { from, to }: { from: number; to: number }) => ago <= from && ago > to

/** How busy a day is beside an ordinary one. @param ago days before today */
export function weightOf(day: Date, ago: number): number {
  const growth = 0.8 + (0.4 * (DAYS - ago)) / DAYS
  const trouble = isWithin(ago, BROKEN_JARS) ? 1.4 : isWithin(ago, COURIER_STRIKE) ? 1.6 : 1
  return (WEEKDAYS[day.getUTCDay()] ?? 1) * growth * season(day) * trouble
}

function season(day: Date): number {
  const date = (day.getUTCMonth() + 1) * 100 + day.getUTCDate()
  if (date === 1225 || date === 1226 || date === 101) return 0.35
  if (date >= 1120 && date <= 1224) return 1.6
  if (date >= 102 && date <= 115) return 1.25
  return date >= 710 && date <= 831 ? 0.85 : 1
}

/** When in the day somebody writes, in milliseconds since midnight of the shop. */
export function momentOf(draw: Draw): number {
  let left = draw.next() * HOURS_IN_ALL
  const hour = HOURS.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return (Math.max(hour, 0) * 60 + draw.below(60)) * MINUTE + draw.below(60) * 1_000
}

const HOURS_IN_ALL = HOURS.reduce((sum, weight) => sum + weight, 0)

/** Which day each of so many tickets comes on, oldest first: as days before today. */
export function daysOf(count: number, now: Date): number[] {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const weights = Array.from({ length: DAYS }, (_, n) => weightOf(new Date(today - (DAYS - n) * DAY_MS), DAYS - n))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let reached = 0
  let told = 0
  return weights.flatMap((weight, n) => {
    reached += weight
    const until = Math.round((count * reached) / all)
    const days = Array.from({ length: until - told }, () => DAYS - n)
    told = until
    return days
  })
}
