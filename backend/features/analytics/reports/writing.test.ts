import { expect, test } from '@jest/globals'
import { cellOf, cellWords, kindOf, lengthWords, readAs, shortDay } from './writing.ts'

test.each([
  [0, '0 s'],
  [45, '45 s'],
  [719, '11 min'],
  [3_600, '1 h'],
  [3_599.7, '1 h'],
  [25_920, '7 h 12 min'],
  [172_800, '2 d'],
  [273_600, '3 d 4 h'],
  [-90, '−1 min'],
])('a length of %d seconds is %s', (seconds, words) => {
  expect(lengthWords(seconds)).toBe(words)
})

test.each([
  [45, '45 s'],
  [1_500, '25 min'],
  [273_600, '76 h'],
  [183_900, '51 h 5 min'],
  [15_696_000, '4,360 h'],
])('%d seconds of people at work or of open hours are %s, not days of 24 hours', (seconds, words) => {
  expect(cellWords(cellOf(seconds, 'length', null), readAs('length', { inHours: true }), null)).toBe(words)
})

test('cells are what a spreadsheet counts with, and words what people read', () => {
  expect(cellOf(43_200, 'length', null)).toBe(0.5)
  expect(cellWords(0.5, 'length', null)).toBe('12 h')
  expect(cellOf(1_234, 'money', 'KWD')).toBe(1.234)
  expect(cellWords(12.5, 'money', 'GBP')).toBe('£12.50')
  expect(cellOf(null, 'money', 'GBP')).toBeNull()
  expect(cellWords(null, 'share', null)).toBe('–')
  expect(cellWords(0.8346, 'share', null)).toBe('83.5 %')
  expect(cellWords(12_345, 'number', null)).toBe('12,345')
  expect(cellWords('2026-11-21', 'date', null)).toBe('21 Nov 2026')
  expect(cellWords('2026-11-21 14:00', 'instant', null)).toBe('21 Nov 2026, 14:00')
  expect(shortDay('2026-11-21 14:00')).toBe('21 Nov, 14:00')
})

test('what is counted is a number, whatever it is worth', () => {
  expect(kindOf('money', true)).toBe('number')
  expect([kindOf('seconds', false), kindOf('share', false), kindOf('score', false)]).toEqual([
    'length',
    'share',
    'number',
  ])
})
