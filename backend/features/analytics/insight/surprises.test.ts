import { expect, test } from '@jest/globals'
import { surprises } from './surprises.ts'

test('a reason that comes three times as often as ever is told, and a usual one is not', () => {
  const told = surprises([
    { key: 'broken', before: [10, 12, 9, 11, 10, 8], now: 31 },
    { key: 'late', before: [20, 25, 18, 22, 19, 24], now: 26 },
  ])
  expect(told.map(({ key, now, usual }) => [key, now, usual])).toEqual([['broken', 31, 10]])
})

test('a product that varies wildly surprises nobody with one more wild week', () => {
  expect(surprises([{ key: 'lamp', before: [2, 30, 5, 41, 1, 28], now: 45 }])).toEqual([])
})

test('what never came before is a surprise once it is enough to matter', () => {
  expect(surprises([{ key: 'new', before: [0, 0, 0, 0], now: 3 }])).toEqual([])
  expect(surprises([{ key: 'new', before: [0, 0, 0, 0], now: 12 }])).toHaveLength(1)
})

test('of two hundred products that are as ever, chance makes no news', () => {
  const rough = (n: number) => 5 + ((n * 7_919) % 7)
  const all = Array.from({ length: 200 }, (_, n) => ({
    key: `${n}`,
    before: Array.from({ length: 8 }, (_, week) => rough(n * 8 + week)),
    now: rough(n * 8 + 131) + 2,
  }))
  expect(surprises(all)).toEqual([])
})

test('three weeks tell no usual', () => {
  expect(surprises([{ key: 'broken', before: [1, 1, 1], now: 40 }])).toEqual([])
})
