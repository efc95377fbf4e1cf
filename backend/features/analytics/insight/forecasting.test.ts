import { expect, test } from '@jest/globals'
import { tryOut } from './backtesting.ts'
import { boundsAround, widthsOf } from './bounds.ts'
import { type Day, forecast, naive } from './forecasting.ts'

/** A desk with a quiet weekend; the same numbers on every run. */
const WEEK = [120, 100, 95, 90, 85, 30, 25]
const noise = (n: number) => ((n * 7_919) % 23) - 11
const desk = (days: number, growth = 0.1): Day[] =>
  Array.from({ length: days }, (_, n) => ({
    count: Math.max(0, Math.round((WEEK[n % 7] ?? 0) * (1 + (growth * n) / 100) + noise(n))),
    special: false,
  }))
const none = (days: number) => Array.from({ length: days }, () => false)

test('a coming week looks like the weeks before it, weekday by weekday', () => {
  const expected = forecast(desk(84, 0), none(42))
  expect(expected).toHaveLength(42)
  expected.forEach(({ point, lower, upper }, n) => {
    expect(Math.abs(point - (WEEK[n % 7] ?? 0))).toBeLessThan(12)
    expect(lower).toBeLessThanOrEqual(point)
    expect(upper).toBeGreaterThanOrEqual(point)
    expect(lower).toBeGreaterThanOrEqual(0)
  })
})

test('a holiday of the past does not make its weekday quiet, and one that comes is expected quiet', () => {
  const history = desk(84, 0).map((day, n) => (n === 70 ? { count: 12, special: true } : day)) // a Monday
  const [monday] = forecast(history, none(7))
  const [holiday] = forecast(history, [true, ...none(6)])
  expect(monday?.point).toBeGreaterThan(105)
  expect(holiday?.point).toBeLessThan(20)
})

test('the same every day is expected again, without a guess at noise', () => {
  const flat = Array.from({ length: 40 }, () => ({ count: 7, special: false }))
  expect(forecast(flat, none(3))).toEqual(
    [7, 7, 7].map((point) => ({ point, lower: point, upper: point, root: Math.sqrt(7) })),
  )
})

test('tried on the past, it is less off than last week’s weekday', () => {
  const { model, naive: plain } = tryOut(desk(140))
  expect([model.days, plain.days]).toEqual([84, 84])
  expect(model.error).toBeLessThan(plain.error)
})

test('a past of five weeks is too short to try anything on, but not to make bounds of', () => {
  const { isShort, model } = tryOut(desk(35))
  expect(isShort).toBe(true)
  expect(model.offs).toHaveLength(14)
  expect(tryOut(desk(27)).model.offs).toHaveLength(0)
})

test('bounds are as wide as four of five known days were off, and no narrower further ahead', () => {
  const offs = Array.from({ length: 14 }, (_, n) => ({ ahead: n, off: n % 2 ? n + 1 : -(n + 1) }))
  const far = Array.from({ length: 14 }, (_, n) => ({ ahead: 14 + n, off: 0.5 }))
  // Of 14 sizes 1 to 14 the twelfth holds four of five of fifteen.
  expect([0, 13, 20, 41].map((ahead) => widthsOf([...offs, ...far])?.(ahead))).toEqual([12, 12, 12, 12])
  expect(
    [0, 20, 41].map((ahead) => widthsOf([...far, ...offs.map(({ ahead }) => ({ ahead, off: 0.1 }))])?.(ahead)),
  ).toEqual([0.1, 0.5, 0.5])
  expect(widthsOf(offs.slice(0, 6))).toBeNull()
  expect(boundsAround(3, 4)).toEqual({ lower: 0, upper: 49 })
})

/** Numbers of 0 to 1 that look like chance; the same on every run. */
function chance(): () => number {
  let state = 20_261_122
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

test('six weeks that nobody knew lie within their bounds on four days of five, whatever the noise is like', () => {
  const next = chance()
  const even = (usual: number) => usual + 22 * next() - 11
  const rough = (usual: number) => usual * (0.6 + 0.8 * next())
  for (const came of [even, rough]) {
    const held = Array.from({ length: 12 }, () => {
      const all = Array.from({ length: 162 }, (_, n) => Math.max(0, Math.round(came(WEEK[n % 7] ?? 0))))
      const history = all.slice(0, 120).map((count) => ({ count, special: false }))
      const width = widthsOf(tryOut(history).model.offs)
      return forecast(history, none(42)).filter(({ root }, n) => {
        const { lower, upper } = boundsAround(root, width?.(n) ?? 0)
        const count = all[120 + n] ?? -1
        return lower <= count && count <= upper
      }).length
    }).reduce((sum, days) => sum + days, 0)
    expect(held / (12 * 42)).toBeGreaterThan(0.76)
    expect(held / (12 * 42)).toBeLessThan(0.88)
  }
})

test('the plain guess is last week again', () => {
  expect(naive(desk(28, 0), 9)).toEqual(
    [...desk(28, 0).slice(21), ...desk(28, 0).slice(21, 23)].map(({ count }) => count),
  )
})

test('the season of the year is told apart once two years are known', () => {
  const year: Day[] = Array.from({ length: 760 }, (_, n) => ({
    count: Math.round(60 + 40 * Math.cos((2 * Math.PI * n) / 365) + noise(n) / 3),
    special: false,
  }))
  const expected = forecast(year, none(42))
  // Day 801 of this year lies in the spring: 60 + 40 cos(2π 801/365).
  expect(Math.abs((expected.at(-1)?.point ?? 0) - (60 + 40 * Math.cos((2 * Math.PI * 801) / 365)))).toBeLessThan(15)
})

test('below two years the season of the year is not guessed: a day less, and what is at its height is expected to stay there', () => {
  const turning = (days: number): Day[] =>
    Array.from({ length: days }, (_, n) => ({
      count: Math.round(200 + 150 * Math.cos((2 * Math.PI * (n - days)) / 365) + noise(n) / 3),
      special: false,
    }))
  const lastOf = (days: number) => forecast(turning(days), none(42)).at(-1)?.point ?? 0
  const fallen = 200 + 150 * Math.cos((2 * Math.PI * 41) / 365) // 314 of 350
  expect(Math.abs(lastOf(730) - fallen)).toBeLessThan(10)
  expect(lastOf(729)).toBeGreaterThan(340)
})
