import { afterEach, expect, test } from '@jest/globals'
import { bulkOrders, type ShopBulk, type ShopOrder } from '../../backend/clients/shopify/index.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { until } from '../support/until.ts'
import { usual } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

const failureOf = (work: Promise<unknown>) => work.catch((reason: unknown) => reason)

/** Starts a bulk query and waits until Shopify has ended it, one way or another. */
async function ended(query: string): Promise<ShopBulk> {
  const { id } = await open.fern.startBulk(query, 'background')
  let bulk: ShopBulk | null = null
  await until('the end of a bulk operation', async () => {
    bulk = await open.fern.bulk(id, 'background')
    return bulk !== null && !['CREATED', 'RUNNING', 'CANCELING'].includes(bulk.status)
  })
  if (!bulk) throw new Error('Shopify forgot the operation')
  return bulk
}

async function read(bulk: ShopBulk): Promise<ShopOrder[]> {
  const orders: ShopOrder[] = []
  for await (const order of open.fern.readBulkOrders(bulk.url ?? '')) orders.push(order)
  return orders
}

/** What a bulk file cannot say is left out. */
const asInBulk = (order: ShopOrder | null) =>
  order && { ...order, refunds: order.refunds.map((refund) => ({ ...refund, lines: null })) }

test('five hundred orders come out of a file one by one, as the same orders that are read alone', async () => {
  open = await connected()
  const ways = [
    usual,
    { ...usual, paid: [ON_DELIVERY], tags: ['cash'] },
    { lines: [{ title: 'Zoë’s 🌿', price: 990 }], shipping: null },
    { ...usual, seenIn: { currency: 'JPY', rate: '169' } },
  ]
  const ids = Array.from({ length: 500 }, (_, index) => buy(open.shop, { ...usual, ...ways[index % ways.length] }).id)
  const bulk = await ended(bulkOrders(null))
  expect(bulk).toMatchObject({ status: 'COMPLETED', errorCode: null, rootObjectCount: 500 })
  const orders = await read(bulk)
  expect(new Set(orders.map(({ id }) => id))).toEqual(new Set(ids))
  for (const id of ids.slice(0, 8))
    expect(orders.find((order) => order.id === id)).toEqual(asInBulk(await open.fern.order(id, 'background')))
})

test('an order with holds, refunds and 400 lines is whole in a file too', async () => {
  open = await connected()
  const lines = Array.from({ length: 400 }, (_, index) => ({ title: `Ware ${index}`, price: 100 }))
  const { id } = buy(open.shop, { ...usual, lines })
  const [parcel] = open.shop.tables.fulfillmentOrders.by('orderId', id)
  if (!parcel) throw new Error('the order has nothing to ship')
  const hold = { handle: null, reason: 'OTHER', reasonNotes: 'asked to wait', appId: null, externalId: null }
  const holds = [{ id: open.shop.newGid('FulfillmentHold'), ...hold }]
  open.shop.commit([put('fulfillmentOrders', { ...parcel, status: 'ON_HOLD', holds })])
  const [order] = await read(await ended(bulkOrders(null)))
  expect(order?.lines).toHaveLength(400)
  expect(order).toEqual(asInBulk(await open.fern.order(id, 'background')))
})

test('a filter leaves out what did not change', async () => {
  open = await connected()
  buy(open.shop, usual)
  open.clock.travel(3_600_000)
  const since = open.clock.now()
  const { id } = buy(open.shop, usual)
  const orders = await read(await ended(bulkOrders(`updated_at:>='${since.toISOString()}'`)))
  expect(orders.map((order) => order.id)).toEqual([id])
})

test('a shop without orders has no file', async () => {
  open = await connected()
  expect(await ended(bulkOrders(null))).toMatchObject({ status: 'COMPLETED', url: null, rootObjectCount: 0 })
})

test('a query that Shopify cannot run in bulk is refused in its words', async () => {
  open = await connected()
  expect(await failureOf(open.fern.startBulk('query { shop { name } }', 'background'))).toMatchObject({
    name: 'ShopifyRefused',
    userErrors: [{ message: expect.any(String) }],
  })
})

test.each(['503', 'drop-before', 'drop-after'] as const)('a file that meets %s is read again', async (kind) => {
  open = await connected()
  for (let count = 0; count < 50; count++) buy(open.shop, usual)
  const bulk = await ended(bulkOrders(null))
  open.shopify.faults.add({ operation: 'bulk.download', kind })
  expect(await failureOf(read(bulk))).toMatchObject({ name: 'ShopifyUnavailable', code: 'shopify_unavailable' })
  expect(await read(bulk)).toHaveLength(50)
})

test('reading may stop in the middle of a file', async () => {
  open = await connected()
  for (let count = 0; count < 50; count++) buy(open.shop, usual)
  const { url } = await ended(bulkOrders(null))
  const names: string[] = []
  for await (const order of open.fern.readBulkOrders(url ?? '')) {
    names.push(order.name)
    if (names.length === 3) break
  }
  expect(names).toHaveLength(3)
})

test('an operation that is too many is refused, and one that Shopify has forgotten is null', async () => {
  open = await connected()
  buy(open.shop, usual)
  open.shopify.faults.add({ operation: 'bulk.run', kind: 'hang', times: 5 })
  for (let count = 0; count < 5; count++) await open.fern.startBulk(bulkOrders(null), 'background')
  expect(await failureOf(open.fern.startBulk(bulkOrders(null), 'background'))).toMatchObject({
    userErrors: [{ code: 'OPERATION_IN_PROGRESS' }],
  })
  expect(await open.fern.bulk('gid://shopify/BulkOperation/404', 'background')).toBeNull()
})
