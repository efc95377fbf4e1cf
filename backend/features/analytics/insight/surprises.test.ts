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

test('a busy desk is surprised as well, and by what it counts in hundreds and thousands no less than by what is rare', () => {
  const told = surprises([
    { key: 'all', before: [431, 425, 436, 429, 433, 427, 430, 432], now: 433 },
    { key: 'spilled', before: [12, 14, 15, 13, 16, 15, 17, 18], now: 98 },
    { key: 'busy', before: [430, 425, 436, 429, 433, 427, 430, 432], now: 540 },
    { key: 'busier', before: [4_010, 3_990, 4_020, 3_980, 4_000, 4_005, 3_995, 4_000], now: 4_500 },
    { key: 'rough', before: [4_100, 3_900, 4_080, 3_920, 4_150, 3_850, 4_000, 4_000], now: 4_700 },
    { key: 'as ever', before: [4_100, 3_900, 4_080, 3_920, 4_150, 3_850, 4_000, 4_000], now: 4_060 },
  ])
  expect(told.map(({ key }) => key).sort()).toEqual(['busier', 'busy', 'rough', 'spilled'])
  for (const { p } of told) expect(p).toBeGreaterThanOrEqual(0)
})

test('fewer than ever is a surprise only where it is asked, down to nothing at all', () => {
  const before = [140, 138, 145, 131, 142, 139, 136, 144]
  const told = surprises([
    { key: 'all', before, now: 60, fewer: true },
    { key: 'nothing', before, now: 0, fewer: true },
    { key: 'as ever', before, now: 133, fewer: true },
    { key: 'more', before, now: 240, fewer: true },
    { key: 'rough', before: [20, 300, 50, 410, 10, 280, 90, 200], now: 12, fewer: true },
    { key: 'not asked', before, now: 60 },
    { key: 'few', before: [2, 1, 2, 2, 1, 2, 2, 1], now: 0, fewer: true },
  ])
  expect(told.map(({ key }) => key).sort()).toEqual(['all', 'more', 'nothing'])
  for (const { p } of told) expect(p).toBeGreaterThanOrEqual(0)
})

test('three weeks tell no usual', () => {
  expect(surprises([{ key: 'broken', before: [1, 1, 1], now: 40 }])).toEqual([])
})
