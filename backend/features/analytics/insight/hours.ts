import { beginningsOf, stretchOf } from '../figures/periods.ts'
import { offsetsBetween } from '../figures/zones.ts'
import type { HourProfile } from './volume-history.ts'

type ExpectedDay = { day: string; expected: number; lower: number; upper: number }
type ExpectedHour = { at: string; expected: number; lower: number; upper: number }

/** Bounds of four in five lie so many deviations from the middle. */
const BOUND = 1.2816

/**
 * The hours of a day, each with its weekday's share of it. Bounds are those of a part that is taken out of a whole by chance: the part
 * varies by itself, and with the whole as far as that varies more than chance.
 */
export function hoursOf(
  zone: string,
  { day, expected, lower, upper }: ExpectedDay,
  profile: HourProfile,
): ExpectedHour[] {
  const begins = beginningsOf(stretchOf({ from: day, to: day, zone }), 'hour')
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  const usual = begins.map((at) => profile.get(`${weekday} ${clockHour(zone, at)}`) ?? 0)
  const all = usual.reduce((sum, count) => sum + count, 0)
  const deviation = (upper - lower) / (2 * BOUND)
  const more = Math.max(0, deviation ** 2 - expected)
  return begins.map((at, n) => {
    const share = all === 0 ? 1 / begins.length : (usual[n] ?? 0) / all // a weekday that never had a ticket has no hours to tell apart
    const point = share * expected
    const spread = BOUND * Math.sqrt(share ** 2 * more + point)
    return {
      at: new Date(at).toISOString(),
      expected: hundredth(point),
      lower: hundredth(Math.max(0, point - spread)),
      upper: hundredth(point + spread),
    }
  })
}

const clockHour = (zone: string, at: number): number => {
  const offset = offsetsBetween(zone, at, at + 1).at(-1)?.offset ?? 0
  return new Date(at + offset).getUTCHours()
}

const hundredth = (value: number): number => Math.round(value * 100) / 100
