import { expect, test } from '@jest/globals'
import type { ShopTransaction } from '../../backend/clients/shopify/index.ts'
import { LINES_ON_CARD, summaryOf } from '../../backend/features/orders/summary.ts'
import { both, shopLine, shopOrder, shopRefund } from '../support/shop-order.ts'

const transfer = (kind: string, status: string, minor: number): ShopTransaction => ({
  id: 'gid://shopify/OrderTransaction/1',
  kind,
  status,
  gateway: 'shopify_payments',
  manual: false,
  amount: both(minor),
  at: new Date('2026-11-02T10:00:00Z'),
  parentId: null,
  errorCode: null,
  method: null,
})

test('a long order shows its first lines and how many there are', () => {
  const lines = Array.from({ length: 400 }, (_, index) => shopLine({ title: `Tea ${index + 1}` }))
  const summary = summaryOf(shopOrder({ lines }))
  expect(summary.lineCount).toBe(400)
  expect(summary.lines.map(({ title }) => title)).toEqual(
    Array.from({ length: LINES_ON_CARD }, (_, index) => `Tea ${index + 1}`),
  )
})

test('amounts are the ones that the buyer saw; the total also in the money of the shop where that is another', () => {
  const amount = both(1_000, 12_700, ['GBP', 'SEK'])
  const order = shopOrder({ presentmentCurrency: 'SEK', originalTotal: amount, total: amount, received: amount })
  expect(summaryOf(order)).toMatchObject({
    total: { minor: 12_700, currency: 'SEK' },
    shopTotal: { minor: 1_000, currency: 'GBP' },
    received: { minor: 12_700, currency: 'SEK' },
  })
  expect(summaryOf(shopOrder()).shopTotal).toBeNull()
})

test('the total is the one of the order, grown by what was added to it', () => {
  expect(summaryOf(shopOrder({ originalTotal: both(1_200), total: both(0) })).total.minor).toBe(1_200)
  expect(summaryOf(shopOrder({ originalTotal: both(1_200), total: both(1_900) })).total.minor).toBe(1_900)
})

test('a refund is settled when its money has moved, the oldest first', () => {
  const refunds = [
    shopRefund(2, 300, new Date('2026-11-04T10:00:00Z')),
    shopRefund(1, 500, new Date('2026-11-03T10:00:00Z')),
    shopRefund(3, 0, new Date('2026-11-02T10:00:00Z')),
  ]
  const transactions = [
    transfer('SALE', 'SUCCESS', 1_200),
    transfer('REFUND', 'SUCCESS', 500),
    transfer('REFUND', 'PENDING', 300),
  ]
  const settled = summaryOf(shopOrder({ refunds, transactions })).refunds
  expect(settled.map(({ amount, settled }) => [amount.minor, settled])).toEqual([
    [0, true],
    [500, true],
    [300, false],
  ])
})

test('a refund whose money the bank still holds says how much, also where Shopify does not count that yet', () => {
  const refunds = [
    shopRefund(1, 500, new Date('2026-11-03T10:00:00Z')),
    shopRefund(2, 0, new Date('2026-11-04T10:00:00Z')),
    shopRefund(3, 0, new Date('2026-11-05T10:00:00Z')),
  ]
  const shown = (...transactions: ShopTransaction[]) =>
    summaryOf(shopOrder({ refunds, transactions })).refunds.map(({ amount, settled }) => [amount.minor, settled])
  const paid = transfer('REFUND', 'SUCCESS', 500)
  expect(shown(paid, transfer('REFUND', 'PENDING', 300))).toEqual([
    [500, true],
    [0, true],
    [300, false],
  ])
  expect(shown(paid, transfer('REFUND', 'FAILURE', 300))).toEqual([
    [500, true],
    [0, true],
    [0, true],
  ])
})

test('an address is one line, and an order without buyer or address has neither', () => {
  const shippingAddress = {
    name: 'Ada Moss',
    address1: '4 Fern Lane',
    address2: null,
    city: 'London',
    zip: 'SE1 7PB',
    province: null,
    country: 'GB',
    phone: null,
  }
  expect(summaryOf(shopOrder({ shippingAddress })).shipTo).toBe('Ada Moss, 4 Fern Lane, SE1 7PB London, GB')
  expect(summaryOf(shopOrder({ email: null }))).toMatchObject({
    shipTo: null,
    buyer: { name: '', email: null, phone: null },
    recipient: { postcode: null },
  })
})

test('a parcel that was taken back is none', () => {
  const parcel = {
    id: 'gid://shopify/Fulfillment/1',
    status: 'SUCCESS',
    displayStatus: 'IN_TRANSIT',
    at: new Date('2026-11-02T10:00:00Z'),
    deliveredAt: null,
    estimatedAt: null,
    tracking: [
      { company: 'Royal Mail', number: 'RM1', url: null },
      { company: null, number: null, url: null },
    ],
  }
  const { parcels } = summaryOf(shopOrder({ fulfilments: [parcel, { ...parcel, status: 'CANCELLED' }] }))
  expect(parcels).toEqual([
    {
      status: 'IN_TRANSIT',
      shippedAt: '2026-11-02T10:00:00.000Z',
      deliveredAt: null,
      expectedAt: null,
      tracking: [{ company: 'Royal Mail', number: 'RM1', url: null }],
    },
  ])
})
