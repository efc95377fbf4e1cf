import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromDecimal, toDecimal } from '../../../../shared/money.ts'
import { Both, connection, ExactMoney, Gid, Instant, RoundedMoney } from './values.ts'

const read = (amount: string, currencyCode: string) => RoundedMoney.parse({ amount, currencyCode }).minor

test.each([
  ['33.333333333333336', 'EUR', 3_333],
  ['33.335', 'EUR', 3_334],
  ['0.995', 'EUR', 100],
  ['-0.005', 'EUR', -1],
  ['12.5', 'EUR', 1_250],
  ['500.0', 'JPY', 500],
  ['499.5', 'JPY', 500],
  ['1.2345', 'KWD', 1_235],
])('a unit price of %s %s is %d of the smallest unit', (amount, currency, minor) => {
  expect(read(amount, currency)).toBe(minor)
})

test('an amount that its currency can hold is read exactly, rounded or not', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      const amount = toDecimal({ minor, currency })
      expect(read(amount, currency)).toBe(fromDecimal(amount, currency).minor)
    }),
  )
})

test.each(['12.345', '1e3', '', '12,50', 'NaN'])('an exact amount is not %j', (amount) => {
  expect(ExactMoney.safeParse({ amount, currencyCode: 'EUR' }).success).toBe(false)
})

test('both currencies are read by their own decimal places', () => {
  const bag = {
    shopMoney: { amount: '10.5', currencyCode: 'EUR' },
    presentmentMoney: { amount: '1690.0', currencyCode: 'JPY' },
  }
  expect(Both.parse(bag)).toEqual({
    shop: { minor: 1_050, currency: 'EUR' },
    presentment: { minor: 1_690, currency: 'JPY' },
  })
})

test('an id, an instant, a page', () => {
  expect(Gid.safeParse('gid://shopify/Order/1').success).toBe(true)
  expect(Gid.safeParse('1').success).toBe(false)
  expect(Instant.parse('2026-11-21T10:00:00+01:00')).toEqual(new Date('2026-11-21T09:00:00Z'))
  const Page = connection(Gid)
  expect(Page.parse({ nodes: [], pageInfo: { hasNextPage: false, endCursor: 'x' } }).next).toBeNull()
  expect(Page.parse({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'x' } }).next).toBe('x')
})

test('a list that goes on without saying where is not taken for a whole one', () => {
  const going = { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } }
  expect(connection(Gid).safeParse(going).success).toBe(false)
})
