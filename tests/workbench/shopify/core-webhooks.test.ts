import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { put } from '../../../workbench/emulators/shopify/store/entries.ts'
import { receiver } from './receiver.ts'
import { CLIENT, FERN, start, tokenFor, travelling } from './start.ts'

const clock = travelling()
let shopify: Shopify
let hook: Awaited<ReturnType<typeof receiver>>

beforeEach(async () => {
  shopify = await start({ clock })
  hook = await receiver()
  await tokenFor(shopify)
})
afterEach(async () => {
  await shopify.close()
  await hook.close()
})

test('a webhook is signed over its bytes and names shop, topic, event and delivery', async () => {
  subscribe()
  happens('5001')
  await shopify.settle()
  const [one] = hook.received
  const signature = createHmac('sha256', CLIENT.secret)
    .update(one?.body ?? '')
    .digest('base64')
  expect(one?.headers).toMatchObject({
    'x-shopify-topic': 'customers/update',
    'x-shopify-hmac-sha256': signature,
    'x-shopify-shop-domain': FERN,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-shopify-event-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-shopify-triggered-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  })
  expect(JSON.parse(one?.body ?? '')).toMatchObject({ id: 5001, admin_graphql_api_id: 'gid://shopify/Customer/5001' })
})

test('a webhook that comes twice has one event id and two delivery ids', async () => {
  subscribe()
  shopify.webhooks.double(1)
  happens('5001')
  await shopify.settle()
  const ids = (name: string) => new Set(hook.received.map(({ headers }) => headers[name])).size
  expect([hook.received.length, ids('x-shopify-event-id'), ids('x-shopify-webhook-id')]).toEqual([2, 1, 2])
})

test('webhooks can be held back, turned round and lost', async () => {
  subscribe()
  shopify.webhooks.hold()
  for (const id of ['5001', '5002', '5003']) happens(id)
  await shopify.settle()
  expect(hook.received).toHaveLength(0)
  shopify.webhooks.release({ reversed: true })
  shopify.webhooks.lose(1)
  happens('5004')
  happens('5005')
  await shopify.settle()
  expect(hook.received.map(({ body }) => JSON.parse(body).id)).toEqual([5003, 5002, 5001, 5005])
  expect(shopify.webhooks.counts()).toMatchObject({ taken: 4, lost: 1 })
})

test('a late webhook comes when the clock says so', async () => {
  subscribe()
  shopify.webhooks.delay(60_000)
  happens('5001')
  await shopify.settle()
  expect(hook.received).toHaveLength(0)
  clock.travel(61_000)
  await shopify.settle()
  expect(hook.received).toHaveLength(1)
})

test('an endpoint that refuses is tried eight more times in four hours, then loses its subscription', async () => {
  subscribe()
  hook.answer(500)
  happens('5001')
  await shopify.settle()
  const bodies = new Set<string>()
  for (let quarter = 0; quarter < 18; quarter++) {
    happens('5001', 'Changed')
    clock.travel(15 * 60_000)
    await shopify.settle()
  }
  for (const { body, headers } of hook.received)
    if (headers['x-shopify-event-id'] === hook.received[0]?.headers['x-shopify-event-id']) bodies.add(body)
  const first = shopify.webhooks.deliveries()[0]
  expect([first?.outcome, first?.attempts.length, bodies.size]).toEqual(['given-up', 9, 1])
  expect(shopify.shop(FERN).tables.subscriptions.size).toBe(0)
})

test('an endpoint that does not answer in time counts as refused', async () => {
  await shopify.close()
  shopify = await start({ clock, webhookTimeout: 100 })
  subscribe()
  hook.answer('hang')
  happens('5001')
  await shopify.settle()
  expect(shopify.webhooks.deliveries()[0]).toMatchObject({
    outcome: 'waiting',
    attempts: [{ answer: 'no answer in time' }],
  })
})

function subscribe(topic = 'CUSTOMERS_UPDATE') {
  const shop = shopify.shop(FERN)
  const at = shop.at()
  const rest = { filter: null, includeFields: [], format: 'JSON', name: null, createdAt: at, updatedAt: at }
  const id = shop.newGid('WebhookSubscription')
  shop.commit([put('subscriptions', { id, topic, uri: hook.url, clientId: CLIENT.id, ...rest })])
}

function happens(number: string, firstName = 'Ada') {
  const shop = shopify.shop(FERN)
  const id = `gid://shopify/Customer/${number}`
  const record = {
    id,
    firstName,
    lastName: null,
    email: null,
    phone: null,
    note: null,
    tags: [],
    locale: 'en',
    addresses: [],
    createdAt: shop.at(),
    updatedAt: shop.at(),
    earlier: { orders: 0, spent: { minor: 0, currency: 'EUR' } },
    mergedInto: null,
  }
  shop.commit([put('customers', record)], [{ topic: 'CUSTOMERS_UPDATE', record }])
}
