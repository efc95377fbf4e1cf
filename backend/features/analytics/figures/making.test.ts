import { expect, test } from '@jest/globals'
import { numberIn } from './making.ts'

test('a figure that was added up in another order is the same figure', () => {
  const parts = [0.1, 0.2, 0.3, 1 / 3, 7.7, 1e6 / 7]
  const sum = (all: readonly number[]) => all.reduce((so, part) => so + part, 0)
  expect(sum(parts)).not.toBe(sum(parts.toReversed()))
  expect(numberIn(sum(parts))).toBe(numberIn(sum(parts.toReversed())))
})

test('whole numbers stay as they are, however large, and nothing stays nothing', () => {
  expect(numberIn(9_007_199_254_740_991)).toBe(9_007_199_254_740_991)
  expect(numberIn(0)).toBe(0)
  expect(numberIn(null)).toBeNull()
})
