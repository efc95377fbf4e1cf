type Format = Pick<Intl.DateTimeFormat, 'format'>

/**
 * What tells times of a time zone, made when it is first asked for: making one takes a hundred times as long as using it, and people are
 * in few time zones.
 * @param make of a time zone (IANA name)
 */
export function keptByZone(make: (timeZone: string) => Format): (timeZone: string) => Format {
  const known = new Map<string, Format>()
  return (timeZone) => {
    const format = known.get(timeZone) ?? make(timeZone)
    known.set(timeZone, format)
    return format
  }
}

const daysOf = keptByZone(
  (timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
)
const offsetsOf = keptByZone((timeZone) => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }))

/** The day of an instant in a time zone (IANA name, Europe/London), YYYY-MM-DD. */
export const dayIn = (timeZone: string, at: Date): string => daysOf(timeZone).format(at)

const weekdayTimes = keptByZone(
  (timeZone) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
)

/** An instant near today as clocks of a time zone (IANA name, Europe/London) show it: Tue 24 Nov, 14:05. */
export const weekdayTimeIn = (timeZone: string, at: Date): string => weekdayTimes(timeZone).format(at)

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/

/** How far the clocks of a time zone are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  const words = offsetsOf(timeZone).format(at)
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(words) ?? []
  const size = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000
  return sign === '-' ? -size : size
}

/**
 * The instant at which the clocks of a time zone show a time of a day. A time that they leave out is as much later, one that they
 * show twice is the first.
 * @param day YYYY-MM-DD
 * @param minutes since midnight by the clock
 */
export function instantIn(timeZone: string, day: string, minutes: number): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  const before = offsetAt(timeZone, wall - 86_400_000)
  const after = offsetAt(timeZone, wall + 86_400_000)
  const early = wall - before
  if (offsetAt(timeZone, early) === before) return new Date(early)
  const late = wall - after
  return new Date(offsetAt(timeZone, late) === after ? late : early)
}
