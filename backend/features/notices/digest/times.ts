import { dayIn, instantIn } from '../../../platform/calendar.ts'

const HOURS = 24
const DAY_MS = 86_400_000

/** For each hour of the day the last instant, now or before, at which the clocks of a time zone came to it. */
export function lastDigests(timeZone: string, now: Date): Date[] {
  const today = dayIn(timeZone, now)
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
  return Array.from({ length: HOURS }, (_, hour) => {
    const at = instantIn(timeZone, today, hour * 60)
    return at <= now ? at : instantIn(timeZone, yesterday, hour * 60)
  })
}
