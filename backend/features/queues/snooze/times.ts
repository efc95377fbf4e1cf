import type { SnoozeUntil } from '../../../../shared/queues.ts'
import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { NOBODY_WAITS } from '../../tickets/index.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const LATER_MS = 3 * 60 * MINUTE_MS
/** A time of the clock reads better than what is three hours from now to the second. */
const QUARTER_MS = 15 * MINUTE_MS
/** When a day begins, in minutes since midnight. */
export const MORNING = 9 * 60
const MOST_DAYS = 366

/** Until the customer writes, however long that takes. */
export const UNTIL_ANSWER = NOBODY_WAITS

/**
 * When a snoozed ticket comes back.
 * @param timeZone of the workspace: mornings are mornings there
 * @throws DeskError invalid_request for a time that has passed, or that is too far away
 */
export function snoozedUntil(choice: SnoozeUntil, now: Date, timeZone: string): Date {
  if (choice === 'answer') return UNTIL_ANSWER
  if (choice === 'later_today') return new Date(Math.ceil((now.getTime() + LATER_MS) / QUARTER_MS) * QUARTER_MS)
  if (choice === 'tomorrow') return instantIn(timeZone, dayAfter(now, timeZone, 1), MORNING)
  if (choice === 'monday') return instantIn(timeZone, dayAfter(now, timeZone, daysToMonday(now, timeZone)), MORNING)
  return laterThan(now, new Date(choice))
}

/** @throws DeskError invalid_request unless it lies ahead, within a year */
export function laterThan(now: Date, at: Date): Date {
  if (at <= now) throw new DeskError('invalid_request', 'This time has passed. Choose a later one.')
  if (at.getTime() - now.getTime() > MOST_DAYS * DAY_MS)
    throw new DeskError('invalid_request', 'This is more than a year away. Choose a nearer day.')
  return at
}

const dayAfter = (now: Date, timeZone: string, days: number): string =>
  new Date(Date.parse(`${dayIn(timeZone, now)}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

function daysToMonday(now: Date, timeZone: string): number {
  const weekday = new Date(`${dayIn(timeZone, now)}T12:00:00Z`).getUTCDay()
  return (8 - weekday) % 7 || 7
}
