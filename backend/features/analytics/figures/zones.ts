import { isTimeZone } from '../../../../shared/zones.ts'
import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { zoneNear } from '../../../platform/zones.ts'
import { stretchesOf } from '../../sla/index.ts'

/** The clocks of a zone between two instants: how far they are ahead of UTC since when, in milliseconds; oldest first. */
export type Offset = { from: number; offset: number }

export function offsetsBetween(zone: string, from: number, to: number): Offset[] {
  const found: Offset[] = []
  const years = [new Date(from).getUTCFullYear(), new Date(Math.max(from, to - 1)).getUTCFullYear()] as const
  for (let year = years[0]; year <= years[1]; year++)
    for (const one of stretchesOf(zone, year))
      if (one.to > from && one.from < to && found.at(-1)?.offset !== one.offset)
        found.push({ from: one.from, offset: one.offset })
  return found
}

/** @throws DeskError invalid_request for what is no time zone */
export function knownZone(zone: string): string {
  if (isTimeZone(zone)) return zone
  const near = zoneNear(zone)
  const advice = near === null ? 'One looks like Europe/London.' : `Is it ${near}?`
  throw new DeskError('invalid_request', `«${zone}» is no time zone. ${advice}`)
}

/** The instant at which a day begins by the clocks of a zone, and where it has no midnight, right after it. */
export const dayBegins = (zone: string, day: string): number => instantIn(zone, day, 0).getTime()

export const dayOf = (zone: string, at: number): string => dayIn(zone, new Date(at))

/** YYYY-MM-DD HH:mm by the clocks of a zone. */
export const minuteOf = (zone: string, at: number): string =>
  new Date(at + (offsetsBetween(zone, at, at + 1).at(-1)?.offset ?? 0)).toISOString().slice(0, 16).replace('T', ' ')

/** @param day YYYY-MM-DD @param days how many later; less than 0 is earlier */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
