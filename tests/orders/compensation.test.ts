import { expect, test } from '@jest/globals'
import { givenBy, givenByCard } from '../../backend/features/orders/compensation.ts'
import { both, shopLine, shopOrder, shopRefund } from '../support/shop-order.ts'

const kinds = (order: Parameters<typeof givenBy>[0]) =>
  givenBy(order).map(({ kind, minor, costMinor }) => ({ kind, minor, costMinor }))

const FREE = { originalTotal: both(0), total: both(0), received: both(0) }

test('each refund counts for itself, in the money of the shop', () => {
  const refunds = [shopRefund(1, 500), shopRefund(2, 0), { ...shopRefund(3, 100), amount: both(100, 1_270) }]
  expect(givenBy(shopOrder({ refunds })).map(({ source, minor }) => [source, minor])).toEqual([
    ['refund/1', 500],
    ['refund/3', 100],
  ])
})

test('an order that is worth nothing although its goods have a price is a reship, at retail and at cost', () => {
  const lines = [shopLine({ quantity: 3, currentQuantity: 2 }), shopLine({ retail: { minor: 900, currency: 'GBP' } })]
  expect(kinds(shopOrder({ ...FREE, lines }))).toEqual([{ kind: 'reship', minor: 3_300, costMinor: 1_200 }])
})

test('the cost of a reship is unknown while that of one of its goods is', () => {
  const lines = [shopLine(), shopLine({ unitCost: null })]
  expect(kinds(shopOrder({ ...FREE, lines }))).toEqual([{ kind: 'reship', minor: 2_400, costMinor: null }])
})

test.each(['reship', 'Replacement', ' reship '])('an order with the tag %p is a reship, whatever it cost', (tag) => {
  expect(kinds(shopOrder({ tags: ['vip', tag], discounts: both(200) }))).toEqual([
    { kind: 'reship', minor: 1_200, costMinor: 400 },
  ])
})

test('goods that are given away to everybody are no reship', () => {
  const lines = [shopLine({ retail: { minor: 0, currency: 'GBP' }, unitPrice: both(0) })]
  expect(kinds(shopOrder({ ...FREE, lines }))).toEqual([])
})

test('a product that is gone counts at the price that the order names', () => {
  const lines = [shopLine({ retail: null, unitCost: null, unitPrice: both(800) })]
  expect(kinds(shopOrder({ ...FREE, tags: ['reship'], lines }))).toEqual([
    { kind: 'reship', minor: 800, costMinor: null },
  ])
})

test('a discount counts once, at the day of the order', () => {
  expect(givenBy(shopOrder({ discounts: both(240) }))).toEqual([
    { source: 'order/1', kind: 'discount', minor: 240, costMinor: null, at: new Date('2026-11-01T10:00:00Z') },
  ])
})

test('a cancelled order gave its refunds and nothing else', () => {
  const cancelledAt = new Date('2026-11-02T10:00:00Z')
  expect(kinds(shopOrder({ cancelledAt, discounts: both(240), refunds: [shopRefund(1, 960)] }))).toEqual([
    { kind: 'refund', minor: 960, costMinor: null },
  ])
  expect(kinds(shopOrder({ ...FREE, cancelledAt, tags: ['reship'] }))).toEqual([])
})

test('a test order gives nothing', () => {
  expect(kinds(shopOrder({ test: true, refunds: [shopRefund(1, 960)], discounts: both(240) }))).toEqual([])
})

test('a gift card counts unless somebody bought it', () => {
  const card = {
    id: 'gid://shopify/GiftCard/7',
    lastCharacters: 'ab12',
    note: null,
    enabled: true,
    createdAt: new Date('2026-11-03T10:00:00Z'),
    updatedAt: new Date('2026-11-03T10:00:00Z'),
    deactivatedAt: null,
    expiresOn: null,
    initialValue: { minor: 2_000, currency: 'GBP' },
    balance: { minor: 0, currency: 'GBP' },
    customerId: null,
    orderId: null,
  }
  expect(givenByCard(card)).toMatchObject([{ source: 'gift_card/7', kind: 'gift_card', minor: 2_000 }])
  expect(givenByCard({ ...card, orderId: 'gid://shopify/Order/1' })).toEqual([])
  const takenBack = { ...card, enabled: false, balance: { minor: 1_500, currency: 'GBP' } }
  expect(givenByCard(takenBack)).toMatchObject([{ minor: 500 }])
  expect(givenByCard({ ...takenBack, balance: card.initialValue })).toEqual([])
})
