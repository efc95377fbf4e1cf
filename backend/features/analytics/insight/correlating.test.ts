import { expect, test } from '@jest/globals'
import { believed, correlate } from './correlating.ts'

const pairs = (count: number, of: (n: number) => number) => Array.from({ length: count }, (_, n) => [n, of(n)] as const)

test('what always goes together is found whatever its shape', () => {
  const found = correlate(pairs(40, (n) => -(n ** 3)))
  expect(found?.rho).toBeCloseTo(-1, 10)
  expect(found?.p).toBeLessThan(1e-9)
})

test('what has nothing to do with each other is not believed', () => {
  const found = correlate(pairs(97, (n) => (n * 31) % 97))
  expect(Math.abs(found?.rho ?? 1)).toBeLessThan(0.2)
  expect(found?.p).toBeGreaterThan(0.05)
})

// By hand: 32 pairs, ranks 0 to 31 against the same with neighbours swapped: rho = 1 - 6·32/(32·(32² - 1)).
test('ranks are compared as Spearman says', () => {
  expect(correlate(pairs(32, (n) => n ^ 1))?.rho).toBeCloseTo(1 - 192 / (32 * 1_023), 12)
})

test('few pairs, or a side that never varies, say nothing', () => {
  expect(correlate(pairs(29, (n) => n))).toBeNull()
  expect(correlate(pairs(60, () => 5))).toBeNull()
})

test('of many findings the weak ones are not believed', () => {
  expect(believed([0.04])).toEqual([true])
  expect(believed([0.04, 0.5, 0.6])).toEqual([false, false, false])
  expect(believed([0.02, 0.001, 0.9, 0.02])).toEqual([false, true, false, false])
})
