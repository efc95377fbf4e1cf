import { afterEach, expect, test } from '@jest/globals'
import { manyOrders } from '../../../workbench/emulators/shopify/world/many-orders.ts'
import { tag } from '../../../workbench/emulators/shopify/world/owner.ts'
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
  const before = process.memoryUsage().heapUsed
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
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
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
