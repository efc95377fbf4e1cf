import type { Tried, VolumeForecast } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { dayAfter } from '../figures/zones.ts'
import { type Tries, tryOut } from './backtesting.ts'
import { boundsAround, widthsOf } from './bounds.ts'
import { COVERAGE, type Day, type Expected, forecast, LEAST_DAYS, naive } from './forecasting.ts'
import { hoursOf } from './hours.ts'
import { type VolumeFilters, type VolumeHistory, volumeHistory } from './volume-history.ts'

/** Six weeks, as far as shifts are planned. */
const AHEAD_DAYS = 42
const PAST_DAYS = 56

/** New tickets of the coming six weeks, by the model or, where that was further off on known days, by last week again. */
export async function expectVolume(
  ctx: Ctx,
  workspaceId: string,
  filters: VolumeFilters = {},
): Promise<VolumeForecast> {
  const history = await volumeHistory(ctx, workspaceId, filters)
  return expectedFrom(history)
}

/** The forecast that a past gives. */
export function expectedFrom(history: VolumeHistory): VolumeForecast {
  const { freshness, zone, days, next, specialOn, profile } = history
  const ahead = Array.from({ length: AHEAD_DAYS }, (_, n) => dayAfter(next, n))
  const told = {
    freshness,
    zone,
    past: days.slice(-PAST_DAYS).map(({ day, count, name }) => ({ day, came: count, special: name })),
  }
  if (days.length < LEAST_DAYS)
    return { ...told, by: 'none', words: [tooShort(days.length)], tried: null, days: [], hours: [] }
  const { tried, by, expected } = madeOnce(history, ahead.map(specialOn))
  const coming = ahead.map((day, n) => ({ day, special: specialOn(day), ...rounded(expected[n]) }))
  return {
    ...told,
    by,
    words: wordsOf(by, tried, days.length),
    tried,
    days: coming,
    hours: coming.flatMap((one) => hoursOf(zone, one, profile)),
  }
}

type Made = { tried: Tried | null; by: 'model' | 'naive'; expected: Expected[] }

/** Fitting takes a tenth of a second and more, and the past changes once a day: the last forecasts are kept. */
const made = new Map<string, Made>()
const MOST_MADE = 50

function madeOnce({ days }: VolumeHistory, special: readonly (string | null)[]): Made {
  const past = days.map(({ count, special: isSpecial }) => ({ count, special: isSpecial }))
  const name = JSON.stringify([past, special])
  const known = made.get(name) ?? make(past, special)
  made.delete(name)
  made.set(name, known)
  for (const oldest of made.keys()) {
    if (made.size <= MOST_MADE) break
    made.delete(oldest)
  }
  return known
}

function make(past: { count: number; special: boolean }[], special: readonly (string | null)[]): Made {
  const { model, naive: plain, isShort } = tryOut(past)
  const by = !isShort && plain.error < model.error ? 'naive' : 'model'
  const shown = by === 'naive' ? plain : model
  const points =
    by === 'naive'
      ? naiveExpected(past, special.length)
      : forecast(
          past,
          special.map((name) => name !== null),
        )
  return {
    tried: isShort ? null : { error: model.error, naiveError: plain.error, held: shown.held ?? 0, days: model.days },
    by,
    expected: withBounds(points, shown),
  }
}

const naiveExpected = (past: readonly Day[], days: number): Expected[] =>
  naive(past, days).map((point) => ({ point, lower: point, upper: point, root: Math.sqrt(point) }))

/** Bounds as wide as this way to forecast was off on known days; what is expected never lies outside of them. */
function withBounds(expected: readonly Expected[], { offs }: Tries): Expected[] {
  const width = widthsOf(offs)
  if (width === null) return [...expected]
  return expected.map((one, ahead) => {
    const { lower, upper } = boundsAround(one.root, width(ahead))
    return { ...one, lower: Math.min(lower, one.point), upper: Math.max(upper, one.point) }
  })
}

const rounded = (one: Expected | undefined) => ({
  expected: tenth(one?.point ?? 0),
  lower: tenth(one?.lower ?? 0),
  upper: tenth(one?.upper ?? 0),
})
const tenth = (value: number): number => Math.round(value * 10) / 10

const tooShort = (days: number): string =>
  `Not enough data: ${days} whole ${days === 1 ? 'day is' : 'days are'} known since the first ticket, and a forecast needs ${LEAST_DAYS}.`

function wordsOf(by: 'model' | 'naive', tried: Tried | null, days: number): string[] {
  const how =
    by === 'model'
      ? `Made of ${days} days: the season of the week${days >= 2 * 365 ? ' and of the year' : ''}, the trend, and special days of the business hours.`
      : 'Last week again, weekday by weekday: on known days this was less far off than the model.'
  const season =
    by === 'model' && days < 2 * 365
      ? ['The season of the year counts from two years on; until then it is not known.']
      : []
  if (!tried)
    return [
      how,
      ...season,
      `It was not tried on known days yet: that needs ${LEAST_DAYS + 14} days. Bounds are as wide as it would have been off in the last week or two.`,
    ]
  const off = (tickets: number) => `${tenth(tickets)} ${tenth(tickets) === 1 ? 'ticket' : 'tickets'} a day`
  return [
    how,
    ...season,
    `Tried on ${tried.days} known days, the model was ${off(tried.error)} off, and the plain guess (last week again) ${off(tried.naiveError)}.`,
    `Bounds are as wide as it was off on known days: bounds made of some of these days held ${Math.round(tried.held * 100)} % of the others; meant are ${COVERAGE * 100} %.`,
  ]
}
