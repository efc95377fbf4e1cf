import { createHmac } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { connectShop, disconnectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'

let desk: BesideShops
let shopId: string
afterEach(() => desk.stop())

const begin = async (...given: Parameters<typeof startBesideShops>) => {
  desk = await startBesideShops(...given)
  ;({ shopId } = await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN }))
}

type Sent = { event?: string; secret?: string; domain?: string; raw?: string }

/** Delivers as Shopify does, signed over the bytes. */
function deliver(topic: string, body: unknown, { event, secret = OWN.clientSecret, domain = FERN, raw }: Sent = {}) {
  const bytes = raw ?? JSON.stringify(body)
  return fetch(`${desk.url}/v1/shopify/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': domain,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(bytes).digest('base64'),
      'x-shopify-event-id': event ?? `event-${nextEvent++}`,
      'x-shopify-webhook-id': `webhook-${nextEvent++}`,
    },
    body: bytes,
  })
}
let nextEvent = 1

const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message
const read = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })
const wishes = () => read((tx) => tx.orderWish.findMany({ orderBy: { shopifyId: 'asc' } }))
const waiting = async (job: string) => {
  const { rows } = await desk.pool.query(
    `select j.run_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1`,
    [job],
  )
  return rows.length
}

test('a delivery is signed over its bytes, wakes a reader once for each order, and twice delivered changes nothing', async () => {
  await begin()
  const changed = { id: 1001, updated_at: '2026-11-20T10:00:00-05:00' }
  expect((await deliver('orders/updated', changed, { event: 'one' })).status).toBe(200)
  expect((await deliver('orders/updated', changed, { event: 'one' })).status).toBe(200)
  expect((await deliver('refunds/create', { id: 7, order_id: 1001 }, { event: 'one' })).status).toBe(200)
  expect(await wishes()).toMatchObject([{ shopId, shopifyId: 1001n, changedAt: new Date('2026-11-20T15:00:00Z') }])
  expect(await waiting('orders:fetch')).toBe(1)
  expect(await read((tx) => tx.shopWebhook.count())).toBe(2) // one event, two topics
  const body = '{"id": 1002,\n  "updated_at": "2026-11-20T10:00:00Z", "note": "ü"}'
  expect((await deliver('orders/create', null, { raw: body })).status).toBe(200)
  expect(await wishes()).toMatchObject([{ shopifyId: 1001n }, { shopifyId: 1002n }])
})

test('one act that changes many orders under one event id loses none of them', async () => {
  await begin()
  const tagged = [11, 12, 13].map((id) => ({ id, updated_at: '2026-11-20T10:00:00Z' }))
  for (const order of tagged) await deliver('orders/updated', order, { event: 'tagged' })
  await deliver('orders/updated', tagged[0], { event: 'tagged' })
  expect((await wishes()).map(({ shopifyId }) => shopifyId)).toEqual([11n, 12n, 13n])
  expect(await read((tx) => tx.shopWebhook.count())).toBe(3)
})

test('a shop that moved to another workspace has its privacy requests done there, at once', async () => {
  await begin()
  await deliver('orders/updated', { id: 1, updated_at: '2026-11-20T10:00:00Z' })
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  const { workspaceId: other } = await createWorkspace(desk.ctx, 'Somebody else')
  await connectShop(desk.ctx, other, { domain: FERN, ...OWN })
  await deliver('customers/data_request', { shop_domain: FERN, customer: { id: 7 }, data_request: { id: 9 } })
  const requests = (workspaceId: string) =>
    inWorkspace(desk.ctx, workspaceId, (tx) => tx.privacyRequest.count(), { reads: true })
  expect(await requests(other)).toBe(1)
  expect(await requests(desk.workspaceId)).toBe(0)
})

test('deliveries out of order keep the newest time', async () => {
  await begin()
  await deliver('orders/updated', { id: 5, updated_at: '2026-11-20T12:00:00Z' })
  await deliver('orders/updated', { id: 5, updated_at: '2026-11-20T11:00:00Z' })
  await deliver('orders/edited', { order_edit: { id: 9, order_id: 5 } })
  expect(await wishes()).toMatchObject([{ shopifyId: 5n, changedAt: new Date('2026-11-20T12:00:00Z') }])
})

test.each([
  ['refunds/create', { id: 1, order_id: 77 }],
  ['order_transactions/create', { id: 1, order_id: 77 }],
  ['fulfillments/update', { id: 1, order_id: 77 }],
  ['fulfillment_events/create', { id: 1, fulfillment_id: 4, order_id: 77 }],
  ['orders/edited', { order_edit: { id: 1, order_id: 77 } }],
  ['returns/approve', { id: 1, order: { id: 77, admin_graphql_api_id: 'gid://shopify/Order/77' } }],
  ['returns/something_new', { id: 1, order: { id: 'gid://shopify/Order/77' } }],
  ['disputes/create', { id: 1, order_id: 77 }],
])('%s is about its order', async (topic, body) => {
  await begin()
  expect((await deliver(topic, body)).status).toBe(200)
  expect(await wishes()).toMatchObject([{ shopifyId: 77n, changedAt: null }])
})

test('a delivery that names no order, or cannot be read, makes the desk look what changed', async () => {
  await begin()
  await deliver('fulfillment_orders/placed_on_hold', { fulfillment_order: { id: 'gid://shopify/FulfillmentOrder/1' } })
  await deliver('orders/updated', null, { raw: 'not json' })
  expect(await wishes()).toEqual([])
  expect(await waiting('orders:sweep')).toBe(1)
})

test('a wrong signature, an unknown shop and a large body are refused in words; a new topic is not', async () => {
  await begin()
  const order = { id: 1, updated_at: '2026-11-20T10:00:00Z' }
  const forged = await deliver('orders/create', order, { secret: 'guess' })
  expect(forged.status).toBe(401)
  expect(await messageOf(forged)).toContain('signature does not fit')
  const stranger = await deliver('orders/create', order, { domain: 'nobody.myshopify.com' })
  expect(stranger.status).toBe(404)
  expect(await messageOf(stranger)).toContain('No shop nobody.myshopify.com is connected here')
  const large = await deliver('orders/create', { ...order, note: 'x'.repeat(1_100_000) })
  expect(large.status).toBe(413)
  const none = await fetch(`${desk.url}/v1/shopify/webhooks`, { method: 'POST' })
  expect(none.status).toBe(404)
  expect((await deliver('carts/create', { id: 3 })).status).toBe(200)
  expect(await wishes()).toEqual([])
  const counted = (await desk.ctx.metrics.webhooks.get()).values.map(({ labels, value }) => [
    labels.topic,
    labels.outcome,
    value,
  ])
  expect(counted).toEqual(
    expect.arrayContaining([
      ['orders/create', 'refused', 2],
      ['other', 'unknown_topic', 1],
    ]),
  )
})

test('while a secret is changed, deliveries signed with the old one and with the new one are taken', async () => {
  await begin()
  const order = { id: 1, updated_at: '2026-11-20T10:00:00Z' }
  expect((await deliver('orders/create', order)).status).toBe(200)
  const app = desk.shopify.shop(FERN).ground.app(OWN.clientId)
  if (app) app.clientSecret = 'second'
  await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, clientId: OWN.clientId, clientSecret: 'second' })
  expect((await deliver('orders/create', order, { secret: 'second' })).status).toBe(200)
  expect((await deliver('orders/create', order)).status).toBe(200)
  if (app) app.clientSecret = 'third'
  await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, clientId: OWN.clientId, clientSecret: 'third' })
  expect((await deliver('orders/create', order, { secret: 'third' })).status).toBe(200)
  expect((await deliver('orders/create', order)).status).toBe(401)
  if (app) app.clientSecret = OWN.clientSecret
})

test('a disconnected shop is a stranger at once when a delivery is looked up, and minutes later everywhere', async () => {
  await begin()
  await deliver('orders/create', { id: 1, updated_at: '2026-11-20T10:00:00Z' })
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  await desk.travel('6 min')
  expect((await deliver('orders/create', { id: 2, updated_at: '2026-11-20T10:00:00Z' })).status).toBe(404)
})

test('event ids are forgotten after two days', async () => {
  await begin()
  await deliver('orders/updated', { id: 1, updated_at: '2026-11-20T10:00:00Z' })
  await desk.travel('3 days')
  await deliver('orders/updated', { id: 1, updated_at: '2026-11-20T10:00:00Z' })
  await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.$executeRaw`select app.enqueue('[{"job": "orders:forget-deliveries", "payload": {}}]'::jsonb)`,
  )
  await desk.settle()
  expect(await read((tx) => tx.shopWebhook.count({ where: { eventId: { startsWith: 'orders/updated/' } } }))).toBe(1)
})
