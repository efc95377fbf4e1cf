import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initSync, MSTL } from '@bsull/augurs/mstl'

/** What came on a day; days follow each other without a gap. `special`: a holiday, or another day that is not as its weekday. */
export type Day = { count: number; special: boolean }

/** What is expected on a day, and between which bounds it lies in four of five cases; `root` is the middle between them, as a square root. */
export type Expected = { point: number; lower: number; upper: number; root: number }

const WEEK = 7
const YEAR = 365
/** Below four weeks a weekday has been seen too seldom to say anything of the next one. */
export const LEAST_DAYS = 4 * WEEK
/** A season is believed when it has been seen twice. */
const YEARLY_FROM = 2 * YEAR
/** Share of days that the bounds are meant to hold. */
export const COVERAGE = 0.8

let ready = false
function prepare(): void {
  if (ready) return
  const wasm = fileURLToPath(import.meta.resolve('@bsull/augurs/mstl')).replace(/mstl\.js$/, 'mstl_bg.wasm')
  initSync({ module: readFileSync(wasm) })
  ready = true
}

/**
 * The next days, by season of the week (and of the year, once it has been seen twice) and trend: MSTL with exponential smoothing. Counts
 * are fitted as square roots, so that busy days do not vary more than quiet ones and nothing is expected below zero.
 * @param history oldest first, at least `LEAST_DAYS`
 * @param ahead for each coming day, whether it is special
 */
export function forecast(history: readonly Day[], ahead: readonly boolean[]): Expected[] {
  prepare()
  const usual = asUsual(history)
  const roots = Float64Array.from(usual, Math.sqrt)
  if (roots.every((root) => root === roots[0])) {
    const point = usual[0] ?? 0
    return ahead.map(() => ({ point, lower: point, upper: point, root: Math.sqrt(point) }))
  }
  const model = MSTL.ets(new Uint32Array(history.length >= YEARLY_FROM ? [WEEK, YEAR] : [WEEK]))
  try {
    model.fit(roots)
    const { point, intervals } = model.predict(ahead.length, COVERAGE)
    const effect = specialEffect(history, usual)
    return ahead.map((special, n) => {
      const middle = Math.max(0, point[n] ?? 0)
      const lower = Math.max(0, intervals?.lower[n] ?? middle)
      const upper = Math.max(middle, intervals?.upper[n] ?? middle)
      const times = special ? effect : 1
      return {
        point: times * meanOf(middle, lower, upper),
        lower: times * lower ** 2,
        upper: times * upper ** 2,
        root: Math.sqrt(times) * middle,
      }
    })
  } finally {
    model.free()
  }
}

/** The mean of a square whose root is normal is above the square of the root's mean, by the root's variance. */
function meanOf(middle: number, lower: number, upper: number): number {
  const deviation = (upper - lower) / (2 * 1.2816) // bounds of 80 percent
  return middle ** 2 + Math.min(deviation ** 2, middle ** 2)
}

/** History as if no day had been special: what its weekday had in the two weeks before and after. */
function asUsual(history: readonly Day[]): number[] {
  return history.map((day, n) => {
    if (!day.special) return day.count
    const near = [-2, -1, 1, 2].flatMap((weeks) => {
      const other = history[n + weeks * WEEK]
      return other && !other.special ? other.count : []
    })
    return near.length === 0 ? day.count : near.reduce((sum, count) => sum + count, 0) / near.length
  })
}

/** How busy special days were beside their weekday; 1 until one has been seen. */
function specialEffect(history: readonly Day[], usual: readonly number[]): number {
  let came = 0
  let expected = 0
  history.forEach((day, n) => {
    if (!day.special) return
    came += day.count
    expected += usual[n] ?? 0
  })
  return expected === 0 ? 1 : Math.min(came / expected, 10)
}

/** The plain guess that a forecast must beat: the same weekday of the last week that is known. */
export const naive = (history: readonly Day[], days: number): number[] =>
  Array.from({ length: days }, (_, n) => history[history.length - WEEK + (n % WEEK)]?.count ?? 0)
