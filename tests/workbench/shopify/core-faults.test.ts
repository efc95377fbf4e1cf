import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FaultKind } from '../../../workbench/emulators/shopify/faults.ts'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { askToken, CLIENT, FERN, graphql, post, start, tokenFor } from './start.ts'

let shopify: Shopify
let token: string
beforeEach(async () => {
  shopify = await start()
  token = await tokenFor(shopify)
})
afterEach(() => shopify.close())

const URI = 'http://127.0.0.1:9/hooks'
const subscribing = `mutation Subscribe { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: { uri: "${URI}" }) {
  webhookSubscription { id } userErrors { message } } }`

const made = () => shopify.shop(FERN).tables.subscriptions.size
const fail = (kind: FaultKind) => shopify.faults.add({ operation: 'webhookSubscriptionCreate', kind })
const subscribe = () => post(shopify, subscribing, {}, { token })

test('what fails before the work did nothing, what fails after it did everything', async () => {
  const effects: [FaultKind, number][] = []
  for (const kind of ['drop-before', '502-before', '503', '429', 'throttle', 'frozen'] as const) {
    fail(kind)
    await subscribe().catch(() => undefined)
    effects.push([kind, made()])
  }
  expect(effects.filter(([, count]) => count > 0)).toEqual([])
  fail('502-after')
  expect((await subscribe()).status).toBe(502)
  expect(made()).toBe(1)
})

test('a dropped connection looks the same before and after the work', async () => {
  fail('drop-before')
  await expect(subscribe()).rejects.toThrow('fetch failed')
  fail('drop-after')
  await expect(subscribe()).rejects.toThrow('fetch failed')
  expect(made()).toBe(1)
})

test('a hanging call never answers; the caller has to give up', async () => {
  fail('hang')
  const url = `${shopify.url}/${FERN}/admin/api/2026-10/graphql.json`
  const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token }
  const call = fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: subscribing }),
    signal: AbortSignal.timeout(100),
  })
  await expect(call).rejects.toThrow('timeout')
  expect(made()).toBe(0)
})

test('a fault meets its own operation, by field or by name, and only so many times', async () => {
  shopify.faults.add({ operation: 'Subscribe', kind: '503', times: 2 })
  expect((await post(shopify, '{ shop { id } }', {}, { token })).status).toBe(200)
  expect([(await subscribe()).status, (await subscribe()).status, (await subscribe()).status]).toEqual([503, 503, 200])
  expect(shopify.faults.met('Subscribe').map(({ fault }) => fault)).toEqual(['503', '503', null])
})

test("a fault of one shop leaves the other shop's calls alone", async () => {
  const other = 'fern-outlet.myshopify.com'
  shopify.faults.add({ operation: '*', kind: '503', shop: other })
  const itsToken = shopify.apps.accessToken(other, CLIENT.id, ['read_orders'])
  expect((await post(shopify, '{ shop { id } }', {}, { token })).status).toBe(200)
  expect((await post(shopify, '{ shop { id } }', {}, { token: itsToken, shop: other })).status).toBe(503)
})

test('a partial answer has its data beside an error', async () => {
  shopify.faults.add({ operation: 'shop', kind: 'partial' })
  expect(await graphql(shopify, '{ shop { name } }', {}, { token })).toMatchObject({
    data: { shop: { name: 'Fern' } },
    errors: [{ extensions: { code: 'ACCESS_DENIED' } }],
  })
})

test('throttling on demand is an answer of status 200', async () => {
  shopify.faults.add({ operation: 'shop', kind: 'throttle' })
  const response = await post(shopify, '{ shop { name } }', {}, { token })
  expect([response.status, await response.json()]).toMatchObject([200, { errors: [{ message: 'Throttled' }] }])
})

test('a token that is revoked stays revoked, and a new one can be had', async () => {
  shopify.faults.add({ operation: 'shop', kind: 'token-revoked' })
  const status = async (value: string) => (await post(shopify, '{ shop { name } }', {}, { token: value })).status
  expect([await status(token), await status(token)]).toEqual([401, 401])
  expect(await status(await tokenFor(shopify))).toBe(200)
})

test('the token endpoint fails on demand too', async () => {
  shopify.faults.add({ operation: 'oauth.token', kind: '503' })
  const form = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret }
  expect([(await askToken(shopify, form)).status, (await askToken(shopify, form)).status]).toEqual([503, 200])
})
