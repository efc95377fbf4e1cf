import { clockIn } from '../wall-times.ts'
import type { Stretch } from './laying-out.ts'

const SHORT = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' } as const
const SHORT_WORDS = new Intl.DateTimeFormat('en-GB', SHORT)
const DAY_WORDS = new Intl.DateTimeFormat('en-GB', { ...SHORT, year: 'numeric' })

/** Mon, 23 Nov 2026. @param day YYYY-MM-DD */
export const dayWords = (day: string): string => DAY_WORDS.format(new Date(`${day}T00:00:00Z`))

/** Mon, 23 Nov: where the year is known. */
export const shortDayWords = (day: string): string => SHORT_WORDS.format(new Date(`${day}T00:00:00Z`))

/** 22:00 to 06:00, by the clocks of a time zone (IANA name). */
export const hoursWords = (zone: string, { startsAt, endsAt }: Omit<Stretch, 'day'>): string =>
  `${clockIn(zone, startsAt)} to ${clockIn(zone, endsAt)}`

/** 22:00 to 06:00 on Mon, 23 Nov 2026. */
export const shiftWords = (zone: string, shift: Stretch): string =>
  `${hoursWords(zone, shift)} on ${dayWords(shift.day)}`

/** 22:00, of minutes since midnight. */
export const minuteWords = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
