const DAY_MS = 86_400_000

const asTime = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** A day so many days later, or earlier. Days are YYYY-MM-DD, of the calendar and of no time zone. */
export const laterBy = (day: string, days: number): string =>
  new Date(asTime(day) + days * DAY_MS).toISOString().slice(0, 10)

/** How many days one is after another. */
export const daysFrom = (from: string, to: string): number => Math.round((asTime(to) - asTime(from)) / DAY_MS)

/** Every day from one to another, both included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysFrom(from, to) + 1) }, (_, n) => laterBy(from, n))

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(asTime(day)).getUTCDay() || 7

export const mondayOf = (day: string): string => laterBy(day, 1 - weekdayOf(day))
