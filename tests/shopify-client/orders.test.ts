import { afterEach, expect, test } from '@jest/globals'
import { paymentMode } from '../../backend/clients/shopify/index.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { ADA, TEA, usual } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

test('an order is read in our own words', async () => {
  open = await connected()
  const { id } = buy(open.shop, { ...usual, tags: ['vip'], note: 'Ring twice' })
  const order = await open.fern.order(id, 'person')
  const euros = (minor: number) => ({ minor, currency: 'EUR' })
  const both = (minor: number) => ({ shop: euros(minor), presentment: euros(minor) })
  expect(order).toMatchObject({
    id,
    number: id.split('/').at(-1),
    name: '#1001',
    email: 'ada@home.example',
    customer: { id: ADA, name: 'Ada Moss', email: 'ada@home.example', ordersCount: 1, spent: euros(7_000) },
    financialStatus: 'PAID',
    fulfilmentStatus: 'UNFULFILLED',
    returnStatus: 'NO_RETURN',
    currency: 'EUR',
    presentmentCurrency: 'EUR',
    originalTotal: both(7_000),
    total: both(7_000),
    shipping: both(500),
    received: both(7_000),
    refunded: both(0),
    outstanding: both(0),
    cancelledAt: null,
    tags: ['vip'],
    note: 'Ring twice',
    refunds: [],
    fulfilments: [],
    disputes: [],
    holds: [],
    shippingAddress: { name: 'Ada Moss', city: 'Berlin', zip: '10115', province: 'BE', country: 'DE' },
    transactions: [
      { kind: 'SALE', status: 'SUCCESS', amount: both(7_000), method: { name: 'Visa', lastDigits: '4242' } },
    ],
    lines: [
      {
        title: 'Green tea',
        quantity: 2,
        unfulfilled: 2,
        unitPrice: both(1_250),
        unitCost: euros(625),
        retail: euros(1_250),
      },
      { title: 'Tea pot', quantity: 1, unitPrice: both(4_000) },
    ],
  })
  expect(order && paymentMode(order)).toEqual({
    kind: 'prepaid',
    gateway: 'shopify_payments',
    parts: ['shopify_payments'],
  })
})

test('an order that is not there is null, among others too', async () => {
  open = await connected()
  const { id } = buy(open.shop, usual)
  expect(await open.fern.order('gid://shopify/Order/404', 'person')).toBeNull()
  const found = await open.fern.ordersById(['gid://shopify/Order/404', id], 'background')
  expect(found.map((order) => order?.id ?? null)).toEqual([null, id])
})

test('four hundred lines are read to the last one, alone, by search and by id', async () => {
  open = await connected()
  const lines = Array.from({ length: 400 }, (_, index) => ({
    title: `Ware ${index}`,
    price: 100 + index,
    variantId: TEA,
  }))
  const { id } = buy(open.shop, { ...usual, lines })
  const titles = lines.map(({ title }) => title)
  const [alone, searched, byId] = [
    await open.fern.order(id, 'person'),
    (await open.fern.orders({ query: 'name:1001', lane: 'person' })).items[0],
    (await open.fern.ordersById([id], 'background'))[0],
  ]
  for (const order of [alone, searched, byId]) expect(order?.lines.map(({ title }) => title)).toEqual(titles)
})

test('an order that changes while its pages are read is read again, whole', async () => {
  open = await connected()
  const titles = Array.from({ length: 120 }, (_, index) => `Ware ${index}`)
  const { id } = buy(open.shop, { ...usual, lines: titles.map((title) => ({ title, price: 100 })) })
  let calls = 0
  const changing = open.another({}, () => {
    const record = open.shop.tables.orders.get(id)
    if (++calls !== 2 || !record) return
    open.clock.travel(1_000)
    const [first, ...others] = record.lines
    const moved = [...others, ...(first ? [first] : [])]
    open.shop.commit([put('orders', { ...record, lines: moved, updatedAt: open.shop.at() })])
  })
  const order = await changing.order(id, 'person')
  expect(order?.lines.map(({ title }) => title)).toEqual([...titles.slice(1), 'Ware 0'])
})

test('an order that never stands still is not made up', async () => {
  open = await connected()
  const lines = Array.from({ length: 120 }, (_, index) => ({ title: `Ware ${index}`, price: 100 }))
  const { id } = buy(open.shop, { ...usual, lines })
  const changing = open.another({}, () => {
    const record = open.shop.tables.orders.get(id)
    open.clock.travel(1_000)
    if (record) open.shop.commit([put('orders', { ...record, updatedAt: open.shop.at() })])
  })
  await expect(changing.order(id, 'person')).rejects.toMatchObject({ code: 'shopify_unavailable', retryAfter: 2 })
})

test('two currencies: each amount is in the one of the shop and in the one that the customer saw', async () => {
  open = await connected()
  const lines = [{ title: 'Tea pot', price: 1_690, variantId: TEA }]
  const { id } = buy(open.shop, { ...usual, lines, shipping: null, seenIn: { currency: 'JPY', rate: '169' } })
  const order = await open.fern.order(id, 'person')
  expect(order).toMatchObject({
    currency: 'EUR',
    presentmentCurrency: 'JPY',
    total: { shop: { minor: 1_000, currency: 'EUR' }, presentment: { minor: 1_690, currency: 'JPY' } },
    customer: { spent: { currency: 'EUR' } },
    lines: [{ unitPrice: { presentment: { minor: 1_690, currency: 'JPY' } }, retail: { currency: 'EUR' } }],
  })
})

test('cash on delivery is open as long as nobody collected it', async () => {
  open = await connected()
  const { id } = buy(open.shop, { ...usual, paid: [ON_DELIVERY] })
  const order = await open.fern.order(id, 'person')
  expect(order && paymentMode(order)).toMatchObject({ kind: 'cod_open', gateway: 'Cash on Delivery (COD)' })
  expect(order?.outstanding.shop.minor).toBe(7_000)
})

test('an order without customer, address and lines of the catalogue is an order', async () => {
  open = await connected()
  const { id } = buy(open.shop, { lines: [{ title: 'By hand', price: 990 }], shipping: null })
  expect(await open.fern.order(id, 'person')).toMatchObject({
    customer: null,
    email: null,
    shippingAddress: null,
    lines: [{ title: 'By hand', variantId: null, unitCost: null, retail: null, image: null }],
  })
})

test('orders come newest first, page by page', async () => {
  open = await connected()
  const names: string[] = []
  for (let count = 0; count < 12; count++) {
    names.unshift(buy(open.shop, usual).name)
    open.clock.travel(60_000)
  }
  const found: string[] = []
  let after: string | null = null
  do {
    const page = await open.fern.orders({ query: 'email:"ada@home.example"', after, lane: 'person' })
    found.push(...page.items.map(({ name }) => name))
    after = page.next
  } while (after)
  expect(found).toEqual(names)
})

test('the sweep sees every change after an instant, oldest change first', async () => {
  open = await connected()
  buy(open.shop, usual)
  open.clock.travel(60_000)
  const since = open.clock.now()
  open.clock.travel(60_000)
  const ids = Array.from({ length: 130 }, () => buy(open.shop, usual).id)
  const first = await open.fern.changedSince({ since, lane: 'background' })
  const rest = await open.fern.changedSince({ since, after: first.next, lane: 'background' })
  expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...ids].sort())
  expect(rest.next).toBeNull()
})

test('a customer is found by id, address and number, or is null', async () => {
  open = await connected()
  for (const key of [{ id: ADA }, { emailAddress: 'ada@home.example' }, { phoneNumber: '+4930123456' }])
    expect(await open.fern.customer(key, 'person')).toMatchObject({ id: ADA, name: 'Ada Moss' })
  expect(await open.fern.customer({ emailAddress: 'nobody@home.example' }, 'person')).toBeNull()
})

test('a shop says its name, money, time, numbers and what it granted', async () => {
  open = await connected()
  expect(await open.fern.about('person')).toMatchObject({
    name: 'Fern',
    domain: 'fern.myshopify.com',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    orderPrefix: '#',
    orderSuffix: '',
    plan: { development: false },
    scopes: expect.arrayContaining(['read_all_orders']),
    apiVersions: expect.arrayContaining(['2026-10']),
  })
})
