import { expect, test } from '@jest/globals'
import { backtest } from './backtesting.ts'
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
  expect(forecast(flat, none(3))).toEqual([7, 7, 7].map((point) => ({ point, lower: point, upper: point })))
})

test('tried on the past, it is less off than last week’s weekday, and its bounds hold about four days of five', () => {
  const tried = backtest(desk(140))
  expect(tried?.days).toBe(84)
  expect(tried?.error).toBeLessThan(tried?.naiveError ?? 0)
  expect(tried?.held).toBeGreaterThan(0.65)
})

test('a past of five weeks is too short to try anything on', () => {
  expect(backtest(desk(35))).toBeNull()
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
