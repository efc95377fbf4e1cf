import type { Interval } from '../../../../shared/analytics.ts'
import { offsetOf, turning } from './columns.ts'
import type { Stretch } from './periods.ts'

type OfTime = { interval: Interval; stretch: Stretch }

/** An instant by the clocks of the zone: how far they are ahead and since when, and what they show. */
export function onTheWall(stretch: Stretch, at: string, name = ''): string {
  const { offset, since } = offsetOf(stretch, at)
  return `${offset} as ${name}offset_ms, ${since} as ${name}since, epoch_ms(epoch_ms(${at}) + ${offset}) as ${name}local`
}

/**
 * What the shares of one stretch of time have in common.
 * @param at SQL of the instant @param of where the columns of `onTheWall` of that instant are: `s.` or `s.enter_`
 */
export function keyOfTime(asked: OfTime, at: string, of: string): string {
  const { interval, stretch } = asked
  if (interval === 'none') return '0::utinyint'
  const known = numbered(asked)
  if (known) {
    const shift = turning(stretch, at, ({ offset }) => offset * 1_000 + known.ahead - known.first * known.us)
    return `((epoch_us(${at}) + ${shift}) // ${known.us})::${known.type}`
  }
  if (interval === 'hour')
    return `greatest(epoch_ms(date_trunc('hour', ${of}local)) - ${of}offset_ms, ${of}since)::double`
  return `epoch_ms(date_trunc('${interval}', ${of}local))::double`
}

/** When it begins on the clocks of the zone, in milliseconds; of an hour the instant itself. */
export function beginOfTime(asked: OfTime): string {
  const known = numbered(asked)
  return known
    ? `(((bucket::bigint + ${known.first}) * ${known.us} - ${known.ahead}) // 1000)::double`
    : 'bucket::double'
}

const DAY_US = 86_400_000_000
/** Of the stretches of time that all have one length by the clocks on the wall. Numbered from 1970, which began on a Thursday. */
const LENGTHS: Partial<Record<Interval, { us: number; ahead: number }>> = {
  day: { us: DAY_US, ahead: 0 },
  week: { us: 7 * DAY_US, ahead: 3 * DAY_US },
}
/** So many numbers fit a byte, and the engine groups by bytes without looking anything up. */
const BYTE = 255

/** Days and weeks as numbers, from one before the first of the period on: grouping by them costs a fourth of what the calendar costs. */
function numbered({ interval, stretch }: OfTime) {
  const length = LENGTHS[interval]
  if (!length) return null
  const number = (day: string) => Math.floor((Date.parse(`${day}T00:00:00Z`) * 1_000 + length.ahead) / length.us)
  const first = number(stretch.from) - 1
  return { ...length, first, type: number(stretch.to) + 1 - first <= BYTE ? 'utinyint' : 'integer' }
}
