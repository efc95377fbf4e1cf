import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromDecimal, inWords, Money, sum, toDecimal } from './money.ts'

test('an amount is read as vendors write it, to the smallest unit of its currency', () => {
  expect(fromDecimal('12.5', 'EUR')).toEqual({ minor: 1250, currency: 'EUR' })
  expect(fromDecimal('-0.01', 'GBP')).toEqual({ minor: -1, currency: 'GBP' })
  expect(fromDecimal('500.0', 'JPY')).toEqual({ minor: 500, currency: 'JPY' })
  expect(fromDecimal('1.234', 'KWD')).toEqual({ minor: 1234, currency: 'KWD' })
  expect(fromDecimal('-0.00', 'EUR')).toEqual({ minor: 0, currency: 'EUR' })
})

test('a currency has the places that shops charge, not those that people write', () => {
  expect(fromDecimal('1790.55', 'HUF')).toEqual({ minor: 179_055, currency: 'HUF' })
  expect(fromDecimal('15990.34', 'COP')).toEqual({ minor: 1_599_034, currency: 'COP' })
  expect(fromDecimal('1500.250', 'IQD')).toEqual({ minor: 1_500_250, currency: 'IQD' })
  expect(inWords({ minor: 179_055, currency: 'HUF' })).toBe('HUF\u00a01,790.55')
})

test('a currency that is in no list of ISO is read and written by its code', () => {
  const paid = fromDecimal('12.5', 'USDC')
  expect(Money.parse(paid)).toEqual({ minor: 1_250, currency: 'USDC' })
  expect(inWords(paid)).toBe('USDC\u00a012.50')
  expect(inWords({ ...paid, minor: -1_250 })).toBe('-USDC\u00a012.50')
})

test('what cannot be held exactly is refused, not rounded', () => {
  for (const [text, currency] of [
    ['0.005', 'EUR'],
    ['1.5', 'JPY'],
    ['12,50', 'EUR'],
    ['', 'EUR'],
    ['1e3', 'EUR'],
    ['99999999999999999', 'EUR'],
    ['1.00', 'euro'],
  ] as const)
    expect(() => fromDecimal(text, currency)).toThrow(RangeError)
})

test('writing and reading any amount gives it back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
      fc.constantFrom('EUR', 'JPY', 'KWD', 'HUF', 'USDC'),
      (minor, currency) => {
        expect(fromDecimal(toDecimal({ minor, currency }), currency)).toEqual({ minor, currency })
      },
    ),
  )
})

test('two currencies are never added up', () => {
  expect(sum('EUR', [fromDecimal('1.10', 'EUR'), fromDecimal('2.20', 'EUR')])).toEqual({ minor: 330, currency: 'EUR' })
  expect(() => sum('EUR', [fromDecimal('1.00', 'GBP')])).toThrow('GBP cannot be added to EUR')
})

test('a person reads the amount with its sign and its currency', () => {
  expect(inWords({ minor: 5800, currency: 'GBP' })).toBe('£58.00')
  expect(inWords({ minor: -50, currency: 'EUR' })).toBe('-€0.50')
  expect(inWords({ minor: 500, currency: 'JPY' })).toBe('¥500')
})
