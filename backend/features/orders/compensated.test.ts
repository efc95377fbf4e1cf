import { expect, test } from '@jest/globals'
import { compensationOf, type GivenRow, sinceFor } from './compensated.ts'

const row = (kind: GivenRow['kind'], minor: number, other: Partial<GivenRow> = {}): GivenRow => ({
  kind,
  currency: 'GBP',
  minor,
  cost: null,
  count: 1,
  uncosted: 1,
  ...other,
})

test('each currency is summed for itself', () => {
  const sums = compensationOf([
    row('refund', 5_800, { count: 2 }),
    row('reship', 3_400, { cost: 1_210, uncosted: 0 }),
    row('discount', 150),
    row('gift_card', 2_000, { currency: 'EUR' }),
  ])
  expect(sums.map(({ currency, total }) => [currency, total.text])).toEqual([
    ['EUR', '€20.00'],
    ['GBP', '£93.50'],
  ])
  expect(sums[1]).toMatchObject({
    refunds: { minor: 5_800 },
    refundCount: 2,
    reships: { text: '£34.00' },
    reshipCost: { text: '£12.10' },
    giftCardCount: 0,
    discounts: { text: '£1.50' },
  })
})

test('a reship whose cost is not known makes no sum of costs', () => {
  const [sum] = compensationOf([row('reship', 3_400, { cost: 500, count: 2, uncosted: 1 })])
  expect(sum?.reshipCost).toBeNull()
})

test('nothing given is no sum at all', () => {
  expect(compensationOf([])).toEqual([])
})

test('twelve months end on the same day a year before, also on the 29th of February', () => {
  expect(sinceFor(new Date('2026-11-21T10:00:00Z')).toISOString()).toBe('2025-11-21T10:00:00.000Z')
  expect(sinceFor(new Date('2028-02-29T10:00:00Z')).toISOString()).toBe('2027-03-01T10:00:00.000Z')
})
