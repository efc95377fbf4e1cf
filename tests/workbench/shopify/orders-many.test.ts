import { mock } from 'node:test'
import { afterEach, expect, test } from '@jest/globals'
import { manyOrders } from '../../../workbench/emulators/shopify/world/many-orders.ts'
import { refund, tag } from '../../../workbench/emulators/shopify/world/owner.ts'
import { heldBytes } from '../../support/held-memory.ts'
import { type OpenShop, openShop, WAREHOUSE } from './shop-with-goods.ts'

interface Page {
  nodes: { id: string; updatedAt: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string }
}

let open: OpenShop
afterEach(() => open.shopify.close())

const COUNT = 100_000
const MINUTE = 60_000

const filled = async () => {
  open = await openShop()
  const from = new Date(open.shop.now().getTime() - (COUNT + 10) * MINUTE)
  return { from, ...manyOrders(open.shop, { count: COUNT, from, every: MINUTE, locationId: WAREHOUSE }) }
}

test('a hundred thousand orders cost next to no memory, and each is whole', async () => {
  const before = heldBytes()
  const { orderId } = await filled()
  const id = orderId(77_777)
  expect(await open.ask('order-snapshot', { id, ns: 'desk', claimKey: 'claim' })).toMatchObject({
    name: '#177778',
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'FULFILLED',
    totalOutstandingSet: { shopMoney: { amount: '0.0' } },
    fulfillments: [{ status: 'SUCCESS', trackingInfo: [{ company: 'Parcelway' }] }],
    transactions: [{ status: 'SUCCESS' }],
  })
  expect(heldBytes() - before).toBeLessThan(150_000_000)
})

test('a sweep reads from its watermark on, page after page, and meets what was changed at its new place', async () => {
  const { from, orderId } = await filled()
  const changed = tag(open.shop, orderId(5), 'looked-at')
  const since = new Date(from.getTime() + (COUNT - 120) * MINUTE).toISOString()
  const seen: string[] = []
  let after: string | null = null
  for (let more = true; more; ) {
    const page: Page = await open.ask('orders-changed-since', { q: `updated_at:>='${since}'`, after })
    seen.push(...page.nodes.map(({ id }) => id))
    after = page.pageInfo.endCursor
    more = page.pageInfo.hasNextPage
  }
  expect(seen).toHaveLength(121)
  expect(seen[0]).toBe(orderId(COUNT - 120))
  expect(seen.at(-1)).toBe(changed.id)
})

test("a customer's orders are found among them without reading them all", async () => {
  const { customerId } = await filled()
  const orders = open.shop.tables.orders.by('customerId', customerId(12))
  expect(orders.map(({ email }) => email)).toEqual(Array(3).fill('buyer-12@many.example'))
  expect(open.shop.tables.orders.by('name', '#100001')).toHaveLength(1)
})

test('what a customer of thousands of orders spent is summed up once, and again when a payment changes', async () => {
  open = await openShop()
  const from = new Date(open.shop.now().getTime() - 3000 * MINUTE)
  const { orderId } = manyOrders(open.shop, { count: 2000, from, every: MINUTE, customers: 1, locationId: WAREHOUSE })
  const reading = mock.method(open.shop.tables.transactions, 'by')
  const standings = async () => {
    const query = '{ orders(first: 50) { nodes { customer { numberOfOrders amountSpent { amount } } } } }'
    const { nodes } = await open.ask<{
      nodes: { customer: { numberOfOrders: string; amountSpent: { amount: string } } }[]
    }>(query)
    const customers = nodes.map(({ customer }) => customer)
    expect(new Set(customers.map(({ amountSpent }) => amountSpent.amount)).size).toBe(1)
    return { orders: customers[0]?.numberOfOrders, spent: Number(customers[0]?.amountSpent.amount) }
  }
  const before = await standings()
  expect(before.orders).toBe('2000')
  expect(reading.mock.callCount()).toBeLessThan(2500)
  refund(open.shop, orderId(7), 1000)
  expect((await standings()).spent).toBe(before.spent - 10)
})

test('the parts of an order are made once, also while a page of others is read beside it', async () => {
  open = await openShop()
  const { orderId } = manyOrders(open.shop, { count: 100, from: new Date(), every: MINUTE, locationId: WAREHOUSE })
  const { orders, transactions } = open.shop.tables
  const first = orders.get(orderId(1))
  for (let n = 2; n < 40; n++) transactions.by('orderId', orderId(n))
  expect(orders.get(orderId(1))).toBe(first)
})
