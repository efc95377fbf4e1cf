import { afterEach, expect, test } from '@jest/globals'
import { type Change, put } from '../../workbench/emulators/shopify/store/entries.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { usual } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

const cents = (minor: number) => ({ minor, currency: 'EUR' })
const both = (minor: number) => ({ shop: cents(minor), presentment: cents(minor) })

/** Refunds of 0.01 each, as a shop that gives back often would have them, every one with the lines named. */
function refunded(order: OrderRecord, count: number, lines: OrderRecord['lines']): Change[] {
  return Array.from({ length: count }, (_, index) =>
    put('refunds', {
      id: open.shop.newGid('Refund'),
      orderId: order.id,
      returnId: null,
      createdAt: open.shop.at(),
      processedAt: open.shop.at(),
      updatedAt: open.shop.at(),
      note: `refund ${index}`,
      lines: lines.map(({ id }) => ({
        id: open.shop.newGid('RefundLineItem'),
        lineId: id,
        quantity: 1,
        restockType: 'NO_RESTOCK' as const,
        locationId: null,
        subtotal: both(1),
        tax: both(0),
      })),
      shipping: both(0),
      total: both(1),
      adjustment: null,
      by: null,
    }),
  )
}

test('thirty refunds and forty parcels are all read, though the first answer shows five', async () => {
  open = await connected()
  const order = buy(open.shop, usual)
  const parcels = Array.from({ length: 40 }, (_, index) =>
    put('fulfillments', {
      id: open.shop.newGid('Fulfillment'),
      orderId: order.id,
      name: `#1001-F${index + 1}`,
      status: 'SUCCESS',
      displayStatus: 'IN_TRANSIT',
      createdAt: open.shop.at(),
      updatedAt: open.shop.at(),
      inTransitAt: null,
      deliveredAt: null,
      estimatedDeliveryAt: null,
      locationId: null,
      tracking: [{ company: 'DHL', number: `JD${index}`, url: `https://dhl.example/JD${index}` }],
      lines: [],
      events: [],
    }),
  )
  open.shop.commit([...refunded(order, 30, order.lines), ...parcels])
  const searched = (await open.fern.orders({ query: 'name:1001', lane: 'person' })).items[0]
  for (const read of [searched, await open.fern.order(order.id, 'person')]) {
    expect(read?.refunds.map(({ note }) => note).sort()).toEqual(
      Array.from({ length: 30 }, (_, index) => `refund ${index}`).sort(),
    )
    expect(read?.refunds.every(({ lines }) => lines?.length === 2)).toBe(true)
    expect(read?.fulfilments).toHaveLength(40)
    expect(read?.fulfilments[0]?.tracking).toEqual([
      { company: 'DHL', number: expect.any(String), url: expect.any(String) },
    ])
  }
})

test('a refund of 130 lines names them all', async () => {
  open = await connected()
  const lines = Array.from({ length: 130 }, (_, index) => ({ title: `Ware ${index}`, price: 100 }))
  const order = buy(open.shop, { ...usual, lines })
  open.shop.commit(refunded(order, 1, order.lines))
  const read = await open.fern.order(order.id, 'background')
  expect(read?.refunds[0]?.lines?.map(({ lineId }) => lineId)).toEqual(order.lines.map(({ id }) => id))
})

test('every hold of an order that ships from seven places is read', async () => {
  open = await connected()
  const order = buy(open.shop, usual)
  const [first] = open.shop.tables.fulfillmentOrders.by('orderId', order.id)
  if (!first) throw new Error('the order has nothing to ship')
  const hold = (reason: string) => ({
    id: open.shop.newGid('FulfillmentHold'),
    handle: null,
    reason,
    reasonNotes: `waits: ${reason}`,
    appId: null,
    externalId: null,
  })
  const places = Array.from({ length: 7 }, () =>
    put('fulfillmentOrders', {
      ...first,
      id: open.shop.newGid('FulfillmentOrder'),
      status: 'ON_HOLD',
      holds: [hold('AWAITING_PAYMENT')],
    }),
  )
  open.shop.commit(places)
  const searched = (await open.fern.orders({ query: 'name:1001', lane: 'person' })).items[0]
  for (const read of [searched, await open.fern.order(order.id, 'person')])
    expect(read?.holds).toEqual(Array(7).fill({ reason: 'AWAITING_PAYMENT', notes: 'waits: AWAITING_PAYMENT' }))
})
