import { BusinessHours, type OpenInterval, type SpecialDays } from '../../../../shared/sla.ts'
import { DeskError } from '../../../platform/errors.ts'

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** The hours as they are typed: a zone, a line for each day, and lines of special days. */
export type TypedHours = { timeZone: string; days: string[]; special: string }

/** @throws DeskError invalid_request, with words that name the line */
export function hoursOf({ timeZone, days, special }: TypedHours): BusinessHours {
  const week = WEEKDAYS.map((name, at) => intervalsOf(days[at] ?? '', name))
  const lines = special.split('\n').map((line) => line.trim())
  const specialDays = lines.filter((line) => line !== '').map(specialDaysOf)
  const hours = BusinessHours.safeParse({ timeZone: timeZone.trim(), week, specialDays })
  if (hours.success) return hours.data
  const { path, message } = hours.error.issues[0] ?? { path: [], message: 'These are no hours.' }
  throw new DeskError('invalid_request', `${placeOf(path, lines)}${message}`)
}

function placeOf(path: readonly PropertyKey[], lines: readonly string[]): string {
  const [part, at] = path
  if (part === 'week' && typeof at === 'number') return `${WEEKDAYS[at]}: `
  if (part === 'specialDays' && typeof at === 'number') return `«${lines.filter((line) => line !== '')[at]}»: `
  return ''
}

const INTERVAL = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/

/** `09:00-12:30, 13:30-18:00`; `closed`, or nothing, is closed. */
function intervalsOf(text: string, where: string): OpenInterval[] {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.toLowerCase() === 'closed') return []
  return trimmed.split(',').map((part) => {
    const [whole, fromHour, fromMinute = '0', toHour, toMinute = '0'] = INTERVAL.exec(part.trim()) ?? []
    const [from, to] = [minuteOf(fromHour, fromMinute), minuteOf(toHour, toMinute)]
    if (whole === undefined || from === null || to === null)
      throw new DeskError(
        'invalid_request',
        `${where}: «${part.trim()}» is no interval. One looks like 09:00-12:30, with commas between several; write closed, or nothing, for a closed day.`,
      )
    return { from, to }
  })
}

function minuteOf(hour: string | undefined, minute: string): number | null {
  const all = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && all <= 1_440 ? all : null
}

const SPECIAL = /^(\S+)(?:\s+to\s+(\S+))?\s+(closed\b|\d[\d:–,\s-]*\d)\s*(.*)$/i

/** `2026-12-24 09:00-12:00 Christmas Eve`, `2026-12-25 to 2027-01-01 closed`. */
function specialDaysOf(line: string): SpecialDays {
  const [, from, to = from, hours, name = ''] = SPECIAL.exec(line) ?? []
  if (!from || !to || hours === undefined || !isDate(from) || !isDate(to))
    throw new DeskError(
      'invalid_request',
      `«${line}» is no line of special days. One looks like 2026-12-24 09:00-12:00 Christmas Eve, or 2026-12-25 to 2027-01-01 closed.`,
    )
  return { from, to, name: name.slice(0, 80), intervals: intervalsOf(hours, line) }
}

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/** The hours as somebody would type them. */
export const typedHours = ({ timeZone, week, specialDays }: BusinessHours): TypedHours => ({
  timeZone,
  days: week.map(dayText),
  special: specialDays
    .map(({ from, to, name, intervals }) => {
      const days = from === to ? from : `${from} to ${to}`
      return [days, dayText(intervals) || 'closed', name].filter((part) => part !== '').join(' ')
    })
    .join('\n'),
})

const dayText = (intervals: readonly OpenInterval[]): string =>
  intervals.map(({ from, to }) => `${clockText(from)}-${clockText(to)}`).join(', ')

const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
