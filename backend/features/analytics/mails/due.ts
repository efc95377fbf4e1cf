import type { MailPeriod } from '../../../../shared/report-mails.ts'
import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { dayAfter } from '../figures/zones.ts'

/** When a report is mailed, by the clocks of the workspace; Monday is 1, null is every day. */
type Rhythm = { weekday: number | null; hour: number }

/**
 * The last instant, now or before, at which a report was due. An hour that the clocks leave out comes an hour later, one that they show
 * twice is due the first time. However long nobody looked, only the last one counts: nobody wants five of the same mail.
 */
export function lastDue(zone: string, now: Date, { weekday, hour }: Rhythm): Date {
  const today = dayIn(zone, now)
  for (let back = 0; ; back++) {
    const day = dayAfter(today, -back)
    if (weekday !== null && weekdayOf(day) !== weekday) continue
    const at = instantIn(zone, day, hour * 60)
    if (at <= now) return at
  }
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The days that a report tells of which is due on a day: only days that are over. */
export function daysOf(period: MailPeriod, due: string): { from: string; to: string } {
  const yesterday = dayAfter(due, -1)
  if (period === 'yesterday') return { from: yesterday, to: yesterday }
  if (period === 'last-7-days') return { from: dayAfter(due, -7), to: yesterday }
  if (period === 'last-28-days') return { from: dayAfter(due, -28), to: yesterday }
  if (period === 'last-week') {
    const monday = dayAfter(due, 1 - weekdayOf(due))
    return { from: dayAfter(monday, -7), to: dayAfter(monday, -1) }
  }
  const lastOfMonth = dayAfter(`${due.slice(0, 8)}01`, -1)
  return { from: `${lastOfMonth.slice(0, 8)}01`, to: lastOfMonth }
}
