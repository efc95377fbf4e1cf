import { instantIn, keptByZone } from '../../../../platform/calendar.ts'
import { DeskError } from '../../../../platform/errors.ts'

const walls = keptByZone(
  (timeZone) =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
)

/** As a field of date and time takes it: 2026-11-22T14:05, by the clocks of a time zone. */
export const wallTime = (timeZone: string, at: Date): string => walls(timeZone).format(at).replace(' ', 'T')

const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/

/** What such a field says; null when it is empty. @throws DeskError invalid_request */
export function instantOf(timeZone: string, typed: string): Date | null {
  if (typed.trim() === '') return null
  const [, day = '', hours, minutes] = WALL.exec(typed.trim()) ?? []
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day))
    throw new DeskError('invalid_request', 'Write a date and a time.')
  return instantIn(timeZone, day, Number(hours) * 60 + Number(minutes))
}
