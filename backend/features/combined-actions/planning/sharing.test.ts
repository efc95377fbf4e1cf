import { expect, test } from '@jest/globals'
import type { BothMoney } from '../../../clients/shopify/index.ts'
import { partOf, proportion, shareOut } from './sharing.ts'

const both = (shop: number, presentment: number): BothMoney => ({
  shop: { minor: shop, currency: 'GBP' },
  presentment: { minor: presentment, currency: 'SEK' },
})

test.each([
  [10, 1, 3, 3],
  [10, 1, 4, 3], // 2.5
  [100, 0, 7, 0],
  [100, 7, 7, 100],
  [100, 7, 0, 0],
  [9_007_199_254_740_991, 9_007_199_254_740_990, 9_007_199_254_740_991, 9_007_199_254_740_990],
])('%d times %d by %d is %d', (whole, part, of, expected) => {
  expect(proportion(whole, part, of)).toBe(expected)
})

test('a part of an amount keeps its rate, and all of it is all of it', () => {
  expect(partOf(both(1_200, 15_600), 7_850)).toEqual(both(604, 7_850))
  expect(partOf(both(1_199, 15_599), 15_599)).toEqual(both(1_199, 15_599))
})

const PAYMENTS = [
  { parentId: 'card', gateway: 'shopify_payments', most: both(2_700, 35_100) },
  { parentId: 'gift', gateway: 'gift_card', most: both(1_000, 13_000) },
]

test.each([
  [1, [['card', 1]]],
  [35_100, [['card', 35_100]]],
  [
    35_101,
    [
      ['card', 35_100],
      ['gift', 1],
    ],
  ],
  [
    48_100,
    [
      ['card', 35_100],
      ['gift', 13_000],
    ],
  ],
  [0, []],
])('%d goes to the first payment as far as that reaches', (minor, expected) => {
  const shares = shareOut(minor, PAYMENTS)
  expect(shares.map(({ parentId, amount }) => [parentId, amount.presentment.minor])).toEqual(expected)
})
