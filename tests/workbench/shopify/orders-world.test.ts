import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  capture,
  closeDispute,
  collect,
  letBank,
  openDispute,
  settleRefund,
} from '../../../workbench/emulators/shopify/world/bank.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import {
  deleteOrder,
  editAddress,
  endHold,
  putOnHold,
  refund,
} from '../../../workbench/emulators/shopify/world/owner.ts'
import { CARD, ON_DELIVERY } from '../../../workbench/emulators/shopify/world/paying.ts'
import { deliver, scan, ship, track } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { receiver } from './receiver.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

let open: OpenShop
let hook: Awaited<ReturnType<typeof receiver>>

beforeEach(async () => {
  open = await openShop({ resolveUrl: () => hook.url })
  hook = await receiver()
  for (const topic of TOPICS)
    await open.ask('webhook-subscribe', { topic, sub: { uri: 'https://desk.example/hooks', includeFields: ['id'] } })
})
afterEach(async () => {
  await open.shopify.close()
  await hook.close()
})

const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_UPDATED',
  'ORDERS_PAID',
  'ORDERS_CANCELLED',
  'ORDERS_FULFILLED',
  'ORDERS_PARTIALLY_FULFILLED',
  'ORDERS_DELETE',
  'REFUNDS_CREATE',
  'ORDER_TRANSACTIONS_CREATE',
  'FULFILLMENTS_CREATE',
  'FULFILLMENTS_UPDATE',
  'FULFILLMENT_EVENTS_CREATE',
  'FULFILLMENT_ORDERS_PLACED_ON_HOLD',
  'FULFILLMENT_HOLDS_ADDED',
  'FULFILLMENT_HOLDS_RELEASED',
  'FULFILLMENT_ORDERS_HOLD_RELEASED',
  'DISPUTES_CREATE',
  'DISPUTES_UPDATE',
]

/** The topics that an act sends, in alphabetical order. */
async function sentBy<T>(act: () => T): Promise<[T, string[]]> {
  await open.shopify.settle()
  hook.received.length = 0
  const done = act()
  await open.shopify.settle()
  return [done, hook.received.map(({ topic }) => topic).sort()]
}

test('a paid order tells that it came and that it is paid, one on delivery only that it came', async () => {
  const [, card] = await sentBy(() => buy(open.shop, usual))
  expect(card).toEqual(['order_transactions/create', 'orders/create', 'orders/paid'])
  const [order, later] = await sentBy(() => buy(open.shop, { ...usual, paid: [ON_DELIVERY] }))
  expect(later).toEqual(['orders/create'])
  const [, collected] = await sentBy(() => collect(open.shop, order.id))
  expect(collected).toEqual(['order_transactions/create', 'orders/paid', 'orders/updated'])
})

test('a capture pays an order that a bank had promised', async () => {
  const [order, promised] = await sentBy(() => buy(open.shop, { ...usual, paid: [{ ...CARD, state: 'authorized' }] }))
  expect(promised).toEqual(['order_transactions/create', 'orders/create'])
  const [, taken] = await sentBy(() => capture(open.shop, order.id))
  expect(taken).toEqual(['order_transactions/create', 'orders/paid', 'orders/updated'])
})

test('parcels tell where they are, and the order when nothing waits any more', async () => {
  const order = buy(open.shop, usual)
  const some = { lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }] }
  const [, first] = await sentBy(() => ship(open.shop, order.id, some))
  expect(first).toEqual(['fulfillments/create', 'orders/partially_fulfilled', 'orders/updated'])
  const tracking = { company: 'Parcelway', number: 'PW1', url: 'https://parcelway.example/PW1' }
  const [parcel, rest] = await sentBy(() => ship(open.shop, order.id, { tracking }))
  expect(rest).toEqual(['fulfillments/create', 'orders/fulfilled', 'orders/updated'])
  const moving = ['fulfillment_events/create', 'fulfillments/update', 'orders/updated']
  expect((await sentBy(() => scan(open.shop, parcel.id, { status: 'IN_TRANSIT' })))[1]).toEqual(moving)
  expect((await sentBy(() => deliver(open.shop, parcel.id)))[1]).toEqual(moving)
  expect((await sentBy(() => track(open.shop, parcel.id, { company: 'Northpost', number: 'NP2' })))[1]).toEqual([
    'fulfillments/update',
    'orders/updated',
  ])
  expect(await open.ask('order-snapshot', { id: order.id, ns: 'desk', claimKey: 'claim' })).toMatchObject({
    displayFulfillmentStatus: 'FULFILLED',
    fulfillments: [
      {},
      { displayStatus: 'DELIVERED', trackingInfo: [{ company: 'Northpost', number: 'NP2', url: null }] },
    ],
  })
})

test('a refund tells of its money when the bank has decided', async () => {
  const order = buy(open.shop, usual)
  letBank(open.shop, 'when-told')
  const [made, told] = await sentBy(() => refund(open.shop, order.id, 1000, 'goodwill'))
  expect(told).toEqual(['orders/updated', 'refunds/create'])
  const [held] = open.shop.tables.transactions.by('refundId', made.id)
  const [, settled] = await sentBy(() => settleRefund(open.shop, held?.id ?? ''))
  expect(settled).toEqual(['order_transactions/create', 'orders/updated'])
  const sums = '{ totalOutstandingSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } } }'
  expect(await open.ask(`query Q($id: ID!) { order(id: $id) ${sums} }`, { id: order.id })).toEqual({
    totalOutstandingSet: { shopMoney: { amount: '0.0' } },
    currentTotalPriceSet: { shopMoney: { amount: '70.0' } },
  })
})

test('disputes, edited addresses and deletions are told', async () => {
  const order = buy(open.shop, usual)
  const [dispute, opened] = await sentBy(() => openDispute(open.shop, order.id))
  expect(opened).toEqual(['disputes/create', 'orders/updated'])
  expect((await sentBy(() => closeDispute(open.shop, dispute.id, 'LOST')))[1]).toEqual([
    'disputes/update',
    'orders/updated',
  ])
  expect((await sentBy(() => editAddress(open.shop, order.id, { zip: '10999' })))[1]).toEqual(['orders/updated'])
  const card = 'query Q($id: ID!) { order(id: $id) { disputes { status initiatedAs } shippingAddress { zip city } } }'
  expect(await open.ask(card, { id: order.id })).toEqual({
    disputes: [{ status: 'LOST', initiatedAs: 'CHARGEBACK' }],
    shippingAddress: { zip: '10999', city: 'Berlin' },
  })
  expect((await sentBy(() => deleteOrder(open.shop, order.id)))[1]).toEqual(['orders/delete'])
  expect((await open.run('payment-mode', { id: order.id })).data).toEqual({ order: null })
})

test("an owner's hold and its end are told like an app's, and there must be something to hold", async () => {
  const order = buy(open.shop, usual)
  const [, held] = await sentBy(() => putOnHold(open.shop, order.id, 'OTHER'))
  expect(held).toEqual(['fulfillment_holds/added', 'fulfillment_orders/placed_on_hold', 'orders/updated'])
  expect(() => putOnHold(open.shop, order.id, 'OTHER')).toThrow('nothing that waits to be sent')
  const [, ended] = await sentBy(() => endHold(open.shop, order.id))
  expect(ended).toEqual(['fulfillment_holds/released', 'fulfillment_orders/hold_released', 'orders/updated'])
})

test('updatedAt moves with every act, so that a sweep finds it', async () => {
  const order = buy(open.shop, usual)
  open.clock.travel(5000)
  const since = open.shop.at()
  ship(open.shop, order.id)
  const found = await open.ask<{ nodes: { id: string }[] }>('orders-changed-since', { q: `updated_at:>='${since}'` })
  expect(found.nodes.map(({ id }) => id)).toEqual([order.id])
})
