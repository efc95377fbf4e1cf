import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ADA, type OpenShop, openShop, usual, WAREHOUSE } from './shop-with-goods.ts'
import { seed } from './start.ts'

let open: OpenShop
afterEach(() => open.shopify.close())

test('a new order can be read at once and searched once the index has caught up', async () => {
  open = await openShop({ indexLag: 30 })
  const { id } = buy(open.shop, usual)
  expect(await open.ask('query ($id: ID!) { order(id: $id) { name } }', { id })).toEqual({ name: '#1001' })
  expect(await found('name:1001')).toEqual([])
  open.clock.travel(31_000)
  expect(await found('name:1001')).toEqual(['#1001'])
})

test('until then a changed order is found by what it was, and shown as it is', async () => {
  open = await openShop({ indexLag: 30 })
  const { id } = buy(open.shop, usual)
  open.clock.travel(60_000)
  await open.run('tags-add', { id, tags: ['late'] })
  expect(await found('tag:late')).toEqual([])
  expect(await found('-tag:late', 'tags')).toEqual([['late']])
  open.clock.travel(31_000)
  expect(await found('tag:late')).toEqual(['#1001'])
})

test('a list without a question comes from the database, not from the index', async () => {
  open = await openShop({ indexLag: 3600 })
  buy(open.shop, usual)
  expect(await found(undefined)).toEqual(['#1001'])
})

test('an address is several words, so a search for it finds its neighbours too', async () => {
  open = await openShop()
  buy(open.shop, usual)
  buy(open.shop, { ...usual, email: 'mary.ada@home.example' })
  expect(await found('email:"ada@home.example"')).toEqual(['#1001', '#1002'])
})

test('a search for a field that orders do not have finds all of them and says so', async () => {
  open = await openShop()
  buy(open.shop, usual)
  const { data, extensions } = await open.run('orders-by-email', { q: 'phone:+4930000000', first: 5 })
  expect(data).toMatchObject({ orders: { nodes: [{ name: '#1001' }] } })
  expect(extensions?.['search']).toMatchObject([
    { path: ['orders'], warnings: [{ field: 'phone', message: 'Invalid search field for this query.' }] },
  ])
})

test('the sweep sees each order once, oldest change first', async () => {
  open = await openShop()
  const orders = []
  for (let n = 0; n < 3; n++) {
    orders.push(buy(open.shop, { ...usual, customerId: ADA }))
    open.clock.travel(10_000)
  }
  const since = open.shop.at()
  await open.run('tags-add', { id: orders[2]?.id, tags: ['changed'] })
  open.clock.travel(10_000)
  await open.run('tags-add', { id: orders[0]?.id, tags: ['changed'] })
  const q = `updated_at:>='${since}'`
  const { nodes } = await open.ask<{ nodes: { id: string }[] }>('orders-changed-since', { q })
  expect(nodes.map(({ id }) => id)).toEqual([orders[2]?.id, orders[0]?.id])
})

async function found(query: string | undefined, field = 'name'): Promise<unknown[]> {
  const { nodes } = await open.ask<{ nodes: Record<string, unknown>[] }>(
    `query ($query: String) { orders(first: 10, query: $query, sortKey: ORDER_NUMBER) { nodes { ${field} } } }`,
    { query },
  )
  return nodes.map((node) => node[field])
}

test('a sum is compared in whole money, also where the money has no hundredths', async () => {
  const locations = [{ id: WAREHOUSE, name: 'Warehouse', active: true, city: 'Osaka', countryCode: 'JP' }]
  const shops = seed.shops.map((shop) => ({
    ...shop,
    currency: 'JPY',
    presentmentCurrencies: [],
    records: { locations },
  }))
  open = await openShop({ seed: { ...seed, shops } })
  buy(open.shop, { lines: [{ title: 'Tea', price: 7000 }], shipping: null })
  const found = async (query: string) =>
    (await open.ask<{ count: number }>('query C($q: String!) { ordersCount(query: $q) { count } }', { q: query })).count
  expect([await found('current_total_price:>=7000'), await found('current_total_price:<7000')]).toEqual([1, 0])
})
