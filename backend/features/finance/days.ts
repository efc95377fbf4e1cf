import { dayIn } from '../../platform/calendar.ts'
import { DeskError } from '../../platform/errors.ts'

/** The day after another; YYYY-MM-DD. */
export const nextDay = (day: string): string => moved(day, 1)

/** The day before another; YYYY-MM-DD. */
export const dayBefore = (day: string): string => moved(day, -1)

/** A day as the database keeps it. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** A day as it is said; YYYY-MM-DD. */
export const asDay = (date: Date): string => date.toISOString().slice(0, 10)

function moved(day: string, by: number): string {
  const date = asDate(day)
  date.setUTCDate(date.getUTCDate() + by)
  return asDay(date)
}

/**
 * The first instant of a day in a time zone. Where clocks skip midnight, it is when the day begins there.
 * @throws DeskError invalid_request for a day that no calendar has
 */
export function beginningOf(timeZone: string, day: string): Date {
  const noon = asDate(day).getTime() + 12 * 3_600_000
  if (Number.isNaN(noon)) throw new DeskError('invalid_request', `${day} is no day. Write it as 2026-10-31.`)
  let [before, within] = [noon - 40 * 3_600_000, noon + 14 * 3_600_000]
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dayIn(timeZone, new Date(middle)) < day) before = middle
    else within = middle
  }
  return new Date(within)
}
