import { type Day, forecast, LEAST_DAYS, naive } from './forecasting.ts'

/**
 * How far off forecasts would have been, each made only with what was known on its day.
 * @property error mean of what they were off, in tickets a day
 * @property naiveError the same of the plain guess, last week's weekday
 * @property held share of days that lay within the bounds
 * @property days how many were tried
 */
export type Backtest = { error: number; naiveError: number; held: number; days: number }

/** How far ahead each trial looks, and how many trials there are at most. */
const AHEAD = 14
const TRIALS = 6

/** Tries the forecast on the past, from as many days as the past allows. @returns null where it is too short for one trial */
export function backtest(history: readonly Day[]): Backtest | null {
  const starts = Array.from({ length: TRIALS }, (_, n) => history.length - (n + 1) * AHEAD).filter(
    (at) => at >= LEAST_DAYS,
  )
  const trials = starts.flatMap((at) => trial(history, at))
  if (trials.length === 0) return null
  const mean = (of: (one: Trial) => number) => trials.reduce((sum, one) => sum + of(one), 0) / trials.length
  return {
    error: mean(({ off }) => off),
    naiveError: mean(({ naiveOff }) => naiveOff),
    held: mean(({ inside }) => (inside ? 1 : 0)),
    days: trials.length,
  }
}

type Trial = { off: number; naiveOff: number; inside: boolean }

function trial(history: readonly Day[], at: number): Trial[] {
  const known = history.slice(0, at)
  const came = history.slice(at, at + AHEAD)
  const guessed = naive(known, came.length)
  return forecast(
    known,
    came.map(({ special }) => special),
  ).flatMap(({ point, lower, upper }, n) => {
    const count = came[n]?.count
    if (count === undefined) return []
    return {
      off: Math.abs(count - point),
      naiveOff: Math.abs(count - (guessed[n] ?? 0)),
      inside: lower <= count && count <= upper,
    }
  })
}
