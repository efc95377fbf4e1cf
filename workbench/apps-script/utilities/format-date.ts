import { ScriptError } from '../realm/script-error.ts'

type Parts = Record<'weekday' | 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const two = (value: number, width: number) => String(value).padStart(width, '0')

/** Utilities.formatDate: the letters of Java's SimpleDateFormat that date and time texts need; others are refused. */
export function formatDate(instant: number, zone: string, pattern: string): string {
  const parts = partsOf(instant, zone)
  const milliseconds = ((instant % 1000) + 1000) % 1000
  return pattern.replaceAll(
    /''|'((?:[^']|'')*)'|([A-Za-z])\2*/g,
    (token, quoted: string | undefined, letter?: string) => {
      if (token === "''") return "'"
      if (letter === undefined) return (quoted ?? '').replaceAll("''", "'")
      return letterText(letter, token.length, parts, milliseconds, instant, zone)
    },
  )
}

function letterText(
  letter: string,
  width: number,
  parts: Parts,
  milliseconds: number,
  instant: number,
  zone: string,
): string {
  const twelve = parts.hour % 12 === 0 ? 12 : parts.hour % 12
  switch (letter) {
    case 'y':
      return width === 2 ? two(parts.year % 100, 2) : two(parts.year, width)
    case 'M':
      return width > 3
        ? (MONTHS[parts.month - 1] ?? '')
        : width === 3
          ? (MONTHS[parts.month - 1] ?? '').slice(0, 3)
          : two(parts.month, width)
    case 'd':
      return two(parts.day, width)
    case 'E':
      return width > 3 ? (DAYS[parts.weekday] ?? '') : (DAYS[parts.weekday] ?? '').slice(0, 3)
    case 'u':
      return two(parts.weekday || 7, width)
    case 'H':
      return two(parts.hour, width)
    case 'h':
      return two(twelve, width)
    case 'm':
      return two(parts.minute, width)
    case 's':
      return two(parts.second, width)
    case 'S':
      return two(milliseconds, width)
    case 'a':
      return parts.hour < 12 ? 'AM' : 'PM'
    case 'Z':
      return offset(instant, zone).replace(':', '')
    case 'X':
      return offset(instant, zone) === '+00:00'
        ? 'Z'
        : width === 3
          ? offset(instant, zone)
          : offset(instant, zone).replace(':', '')
    case 'z':
      return named(instant, zone)
    default:
      throw new ScriptError(`Invalid argument: the emulation does not know the pattern letter ${letter}.`)
  }
}

function partsOf(instant: number, zone: string): Parts {
  const shifted = new Date(instant + offsetMinutes(instant, zone) * 60_000)
  return {
    weekday: shifted.getUTCDay(),
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

const named = (instant: number, zone: string) => zonePart(instant, zone, 'short')

function offset(instant: number, zone: string): string {
  return zonePart(instant, zone, 'longOffset').replace('GMT', '') || '+00:00'
}

function zonePart(instant: number, timeZone: string, timeZoneName: 'short' | 'longOffset'): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName })
  return format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
}

/** Minutes a zone is ahead of UTC at an instant. */
export function offsetMinutes(instant: number, zone: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)/.exec(offset(instant, zone)) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
