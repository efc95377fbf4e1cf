import type { Reader } from '../event.ts'

const MINUTE = 60_000

/** An instant as the reader's clock and calendar show it: `14:05` today, `19 Nov, 14:05` before. */
export function instant(iso: string, { now, locale, timeZone }: Reader): string {
  const at = new Date(iso)
  const day = (date: Date) => date.toLocaleDateString('en-CA', { timeZone })
  const time = { hour: '2-digit', minute: '2-digit', timeZone } as const
  if (day(at) === day(now)) return at.toLocaleTimeString(locale, time)
  const year = day(at).slice(0, 4) === day(now).slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return at.toLocaleString(locale, { day: 'numeric', month: 'short', ...year, ...time })
}

/** A day as the reader's calendar shows it: `19 Nov`, with its year when that is another. */
export function date(iso: string, { now, locale, timeZone }: Reader): string {
  const at = new Date(iso)
  const yearOf = (day: Date) => day.toLocaleDateString('en-CA', { timeZone }).slice(0, 4)
  const year = yearOf(at) === yearOf(now) ? {} : ({ year: 'numeric' } as const)
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year, timeZone })
}

/** How long ago, in the one unit that matters. */
export function elapsed(iso: string, { now }: Reader): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(iso).getTime()) / MINUTE))
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`
}
