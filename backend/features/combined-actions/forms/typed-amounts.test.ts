import { expect, test } from '@jest/globals'
import { typedAmount } from './typed-amounts.ts'

const read = (text: string, currency = 'GBP') => typedAmount(text, currency).money?.minor ?? null
const problem = (text: string, currency = 'GBP') => typedAmount(text, currency).problem

test.each([
  ['12,50', 1250],
  ['12.50', 1250],
  ['£12.50', 1250],
  ['£ 12.5', 1250],
  ['12.50 GBP', 1250],
  ['gbp 12', 1200],
  ['1,234.50', 123_450],
  ['1.234,50', 123_450],
  ["1'234.50", 123_450],
  ['1,234,567', 123_456_700],
  ['0', 0],
  ['0.01', 1],
])('%s is read as people mean it', (text, minor) => {
  expect(read(text)).toBe(minor)
})

test('every currency has its own places', () => {
  expect(read('1250', 'JPY')).toBe(1250)
  expect(read('1,250', 'JPY')).toBe(1250)
  expect(read('1.234', 'KWD')).toBe(1234)
  expect(problem('12.5', 'JPY')).toContain('no places')
  expect(problem('1.2345', 'KWD')).toContain('3 places')
})

test('a dollar is the dollar that is asked for, unless it says otherwise', () => {
  expect(read('$5', 'USD')).toBe(500)
  expect(read('$5', 'CAD')).toBe(500)
  expect(read('CA$5', 'CAD')).toBe(500)
  expect(read('US$5', 'USD')).toBe(500)
  expect(problem('US$5', 'CAD')).toContain('in CAD')
  expect(problem('$5', 'EUR')).toContain('in EUR')
})

test.each([
  ['-5', 'negative'],
  ['£-5', 'negative'],
  ['5 EUR', 'in GBP'],
  ['€5', 'in GBP'],
  ['12.345', 'two ways'],
  ['1.23456', '2 places'],
  ['12.50.1', 'Write an amount'],
  ['half', 'Write an amount'],
  ['', 'Write an amount'],
  ['1,23,456.00', 'Write an amount'],
  ['99999999999999', 'more than any order'],
])('%s is refused with words that help', (text, words) => {
  expect(problem(text)).toContain(words)
})
