import { expect, test } from '@jest/globals'
import type { OrderStanding } from '../../clients/shopify/index.ts'
import { markOf } from './plan.ts'
import { difference, standingOf } from './standing.ts'

const ACTION = '0198a000-0000-7000-8000-000000000001'
const pounds = (minor: number) => ({ shop: { minor, currency: 'GBP' }, presentment: { minor, currency: 'GBP' } })

const refundOf = (note: string | null, minor: number, id = `gid://shopify/Refund/${minor}`) => ({
  id,
  at: new Date('2026-11-21T10:00:00Z'),
  note,
  amount: pounds(minor),
  transactions: [],
  order: { refunded: pounds(minor) },
})

const line = (id: string, currentQuantity: number) => ({
  id: `gid://shopify/LineItem/${id}`,
  quantity: 2,
  currentQuantity,
  refundable: currentQuantity,
  unfulfilled: currentQuantity,
})

const order: OrderStanding = {
  id: 'gid://shopify/Order/1',
  name: 'FF-1001',
  updatedAt: new Date('2026-11-21T09:00:00Z'),
  cancelledAt: null,
  cancelReason: null,
  staffNote: null,
  financialStatus: 'PAID',
  fulfilmentStatus: 'UNFULFILLED',
  closed: false,
  refunded: pounds(0),
  refunds: [refundOf(null, 300)],
  parcels: [{ id: 'gid://shopify/Fulfillment/1', status: 'SUCCESS' }],
  lines: [line('1', 2), line('2', 1)],
  fulfilmentOrders: [],
}

const before = standingOf(order, ACTION)
const moved = (patch: Partial<OrderStanding>, taken: { lineId: string; quantity: number }[] = []) =>
  difference(before, standingOf({ ...order, ...patch }, ACTION, taken), 'GBP')

test('an order that nobody touched has not moved', () => {
  expect(moved({})).toBeNull()
})

test('what others did is said in words', () => {
  const cancelledAt = new Date('2026-11-21T11:00:00Z')
  const sent = { id: 'gid://shopify/Fulfillment/2', status: 'SUCCESS' }
  expect(moved({ cancelledAt, staffNote: 'by phone' })).toBe('The order was cancelled.')
  expect(moved({ refunds: [...order.refunds, refundOf('by phone', 400)] })).toBe('Somebody refunded £4.00 in Shopify.')
  expect(moved({ refunds: [...order.refunds, refundOf(null, 0)] })).toBe(
    'Somebody made a refund without money in Shopify.',
  )
  expect(moved({ parcels: [...order.parcels, sent] })).toBe('The warehouse sent 1 parcel since you looked.')
  expect(moved({ parcels: [] })).toBe('1 parcel that had been sent was taken back.')
  expect(moved({ parcels: [{ id: 'gid://shopify/Fulfillment/1', status: 'CANCELLED' }] })).toBe(
    '1 parcel that had been sent was taken back.',
  )
  expect(moved({ lines: [line('1', 2), line('2', 0), line('3', 1)] })).toBe(
    'The contents of the order were changed: 2 lines.',
  )
})

test('several changes are all said', () => {
  const words = moved({
    cancelledAt: new Date('2026-11-21T11:00:00Z'),
    parcels: [],
    lines: [line('1', 0), line('2', 1)],
  })
  expect(words).toBe(
    'The order was cancelled. 1 parcel that had been sent was taken back. The contents of the order were changed: 1 line.',
  )
})

test('our own refund and what it takes away is no change; anything beside it is', () => {
  const refunds = [...order.refunds, refundOf(markOf(ACTION, 'refund'), 1_200)]
  const lines = [line('1', 1), line('2', 1)]
  const taken = [{ lineId: 'gid://shopify/LineItem/1', quantity: 1 }]
  expect(moved({ refunds, lines }, taken)).toBeNull()
  expect(moved({ refunds, lines: [line('1', 0), line('2', 1)] }, taken)).toBe(
    'The contents of the order were changed: 1 line.',
  )
  expect(moved({ lines }, taken)).toBe('The contents of the order were changed: 1 line.') // our refund is not there yet
})

test('the refund of another action is somebody else’s', () => {
  const other = markOf('0198a000-0000-7000-8000-000000000002', 'refund')
  expect(moved({ refunds: [...order.refunds, refundOf(other, 500)] })).toBe('Somebody refunded £5.00 in Shopify.')
})

test('our own cancelling is no change, though it leaves nothing on the lines', () => {
  const cancelledAt = new Date('2026-11-21T11:00:00Z')
  const lines = [line('1', 0), line('2', 0)]
  const staffNote = markOf(ACTION, 'cancel')
  expect(moved({ cancelledAt, staffNote, lines })).toBeNull()
  expect(moved({ cancelledAt, staffNote, lines, refunds: [...order.refunds, refundOf(null, 0)] })).toBeNull()
  expect(moved({ cancelledAt, staffNote, lines, refunds: [...order.refunds, refundOf(null, 500)] })).not.toBeNull()
})
