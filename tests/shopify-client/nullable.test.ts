import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createShopify, type ShopifyShop } from '../../backend/clients/shopify/index.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { createMetrics } from '../../backend/platform/metrics.ts'
import { type Barest, barestAnswer } from './answering.ts'

/** A Shopify that says no more than its schema promises. */
let barest: Barest
const server = createServer(async (request, response) => {
  const { query } = JSON.parse(await text(request)) as { query: string }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ data: barestAnswer(query, barest) }))
})
let shop: ShopifyShop
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const metrics = createMetrics({ runtime: false })
  shop = createShopify({ url, clock: systemClock, metrics }).shop({
    shopId: '1',
    domain: 'fern.myshopify.com',
    token: async () => 'one',
  })
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const ORDER = 'gid://shopify/Order/1'
const questions: [string, () => Promise<unknown>][] = [
  ['an order', () => shop.order(ORDER, 'person')],
  ['orders by search', () => shop.orders({ query: '', lane: 'person' })],
  ['orders by id', () => shop.ordersById([ORDER], 'person').then(([one]) => one)],
  ['what changed', () => shop.changedSince({ since: new Date(0), lane: 'background' })],
  ['a customer', () => shop.customer({ emailAddress: 'ada@example.com' }, 'person')],
  ['gift cards', () => shop.giftCards({ query: '', lane: 'person' })],
  ['the shop', () => shop.about('person')],
  ['subscriptions', () => shop.subscriptions('person')],
  ['a bulk operation', () => shop.bulk('gid://shopify/BulkOperation/1', 'background')],
]

test.each(questions)('%s can be read with nothing in it but what Shopify promises', async (_what, ask) => {
  barest = 'nothing'
  expect(await ask()).toEqual(expect.anything())
  barest = 'empty'
  expect(await ask()).toEqual(expect.anything())
})
