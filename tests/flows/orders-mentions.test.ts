import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { SUPPORT } from '../support/desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let people = 0
beforeAll(async () => {
  desk = await startShopDesk()
})
afterEach(() => desk.shopify.faults.clear())
afterAll(() => desk.stop())

/** Somebody new writes; the answer is the ticket's id. */
async function write(subject: string, text = 'Where is it?'): Promise<string> {
  const from = `writer${++people}@home.example`
  await desk.google.customers.write({ from, name: 'Writer', to: SUPPORT, subject, text })
  await desk.settle()
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  return items.find((item) => item.customer.email === from)?.id ?? ''
}

const named = async (ticketId: string) => {
  const { shop } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  return shop.orders.filter(({ via }) => via === 'named').map(({ number }) => number)
}

function unknown(hands: ShopDesk['fern'], basket: Parameters<ShopDesk['fern']['buy']>[0] = {}): OrderRecord {
  const { webhooks } = desk.shopify
  const before = webhooks.counts().lost
  webhooks.lose(1_000)
  const order = hands.buy(basket)
  webhooks.lose(webhooks.counts().lost - before - 1_000)
  return order
}

test('an order that a mail names is on its ticket', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  expect(await named(await write(`Order ${order.name} is late`))).toEqual([order.name])
  expect(
    await named(await write('Late', `My number is ${order.name.toLowerCase().replace('-', ' ')}, thanks`)),
  ).toEqual([order.name])
})

test('a mail that names no order makes no work', async () => {
  const looks = async () => {
    const { values } = await desk.ctx.metrics.jobs.get()
    const all = values.filter(
      ({ metricName, labels }) => metricName?.endsWith('_count') && labels.job === 'tickets:note-orders',
    )
    return all.reduce((sum, { value }) => sum + value, 0)
  }
  const before = await looks()
  await write('Flowers', 'I paid 58 euros on 12/11/2026, call me: +44 7700 900123')
  expect(await looks()).toBe(before)
  await write('Flowers', 'It was order 20418')
  expect(await looks()).toBe(before + 1)
})

test('an order that is not here yet is fetched before anybody opens the card', async () => {
  const order = unknown(desk.fern)
  const ticketId = await write(`Order ${order.name} is late`)
  expect(await named(ticketId)).toEqual([order.name])
})

test('a bare number is looked for in every shop', async () => {
  const order = unknown(desk.fig)
  expect(await named(await write(`Order ${order.name} from your outlet`))).toContain(order.name)
})

test('a known order that a mail names is read anew', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const { webhooks } = desk.shopify
  const before = webhooks.counts().lost
  webhooks.lose(1_000)
  desk.fern.ship(order.id, 'RM1GB')
  webhooks.lose(webhooks.counts().lost - before - 1_000)
  await desk.travel('10 s')
  const ticketId = await write(`${order.name}?`)
  const { shop } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(shop.orders.map(({ fulfilment }) => fulfilment)).toEqual(['FULFILLED'])
})

test('a number that nobody knows waits, and is joined when such an order comes', async () => {
  const ticketId = await write('Where is FF-77001?')
  expect(await named(ticketId)).toEqual([])
  desk.fern.buy({ number: 77_001 })
  await desk.settle()
  expect(await named(ticketId)).toEqual(['FF-77001'])
})

test('an order that is placed later is not the one that was named', async () => {
  const ticketId = await write('Where is FF-88001?')
  await desk.travel('2 days')
  desk.fern.buy({ number: 88_001 })
  await desk.settle()
  expect(await named(ticketId)).toEqual([])
})

test('while Shopify is away a named order is asked for again, and comes', async () => {
  const order = unknown(desk.fern)
  desk.shopify.faults.add({ operation: 'orders', kind: '503', times: 2, shop: FERN })
  const ticketId = await write(`${order.name}?`)
  expect(await named(ticketId)).toEqual([])
  for (let minute = 0; minute < 3; minute++) {
    await desk.travel('1 min')
    await desk.settle()
  }
  expect(await named(ticketId)).toEqual([order.name])
})

test('throttling only puts the look-up off', async () => {
  const order = unknown(desk.fern)
  desk.shopify.faults.add({ operation: 'orders', kind: 'throttle', times: 1, shop: FERN })
  const ticketId = await write(`${order.name}?`)
  await desk.travel('1 min')
  await desk.settle()
  expect(await named(ticketId)).toEqual([order.name])
})
