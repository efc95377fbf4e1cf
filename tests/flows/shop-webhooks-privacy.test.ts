import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { markDone, privacyRequests, tellOf } from '../../backend/features/orders/index.ts'
import { connectedShops, connectShop, disconnectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'
import { handsOf, type ShopHands } from '../support/shop-hands.ts'

let desk: BesideShops
let fern: ShopHands
let shopId: string
afterEach(() => desk.stop())

const begin = async () => {
  desk = await startBesideShops()
  fern = handsOf(desk.shopify.shop(FERN))
  ;({ shopId } = await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN }))
  await desk.settle()
}
const read = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })
const requests = () => read(privacyRequests)

/** Two customers who have bought something each; Ada got money back. */
async function twoCustomers() {
  const ada = fern.customer({ email: 'ada@home.example' })
  const ben = fern.customer({ firstName: 'Ben', lastName: 'Roth', email: 'ben@home.example' })
  const orders = [fern.buy({ customerId: ada.id }), fern.buy({ customerId: ada.id })]
  fern.buy({ customerId: ben.id })
  fern.refund(orders[0]?.id ?? '', 500)
  await desk.settle()
  return { ada, ben }
}

const counts = () =>
  read(async (tx) => ({
    orders: await tx.shopOrder.count(),
    customers: await tx.shopCustomer.count(),
    names: await tx.orderKey.count({ where: { key: 'ada' } }),
  }))

test('a customer is forgotten at once: orders, keys and name go, what was given back stays without a name', async () => {
  await begin()
  const { ada } = await twoCustomers()
  expect(await counts()).toMatchObject({ orders: 3, customers: 2 })
  desk.shopify.apps.redactCustomer(FERN, ada.id)
  await desk.settle()
  expect(await counts()).toEqual({ orders: 1, customers: 1, names: 0 })
  const given = await read((tx) => tx.compensation.findMany({ where: { kind: 'refund' } }))
  expect(given).toMatchObject([{ minor: 500n, customerShopifyId: null, emailKey: null, orderId: null }])
  const [request] = await requests()
  expect(request).toMatchObject({ kind: 'customer_redact', shop: FERN })
  expect(request?.doneAt).not.toBeNull()
  expect(await desk.events('privacy.asked')).toMatchObject([{ payload: { shopId, kind: 'customer_redact' } }])
  expect(await desk.events('privacy.done')).toHaveLength(1)
})

test('a customer who asks what is known waits for a person, who exports it and marks it as done', async () => {
  await begin()
  const { ada } = await twoCustomers()
  desk.shopify.apps.requestData(FERN, ada.id)
  await desk.settle()
  const [request] = await requests()
  expect(request).toMatchObject({ kind: 'data_request', doneAt: null })
  const days = ((request?.dueAt.getTime() ?? 0) - (request?.askedAt.getTime() ?? 0)) / 86_400_000
  expect(days).toBe(30)
  const told = JSON.stringify(await tellOf(desk.ctx, desk.workspaceId, request?.id ?? ''))
  expect(told).toContain('ada@home.example')
  expect(told.match(/"name":"FF-\d+"/g)).toHaveLength(2)
  expect(told).not.toContain('ben@home.example')
  await markDone(desk.ctx, desk.workspaceId, request?.id ?? '')
  expect((await requests())[0]?.doneAt).not.toBeNull()
  const later = await tellOf(desk.ctx, desk.workspaceId, request?.id ?? '')
  expect(later['person']).toMatchObject({ email: null, phone: null })
})

test('two days after the app was removed the shop is forgotten whole', async () => {
  await begin()
  await twoCustomers()
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await desk.settle()
  expect(await read(connectedShops)).toMatchObject([{ state: 'uninstalled' }])
  expect(await counts()).toMatchObject({ orders: 3 }) // shown as they were
  await desk.travel('2 days')
  desk.shopify.apps.redactShop(FERN)
  await desk.settle()
  expect(await counts()).toEqual({ orders: 0, customers: 0, names: 0 })
  expect(await read((tx) => tx.compensation.count())).toBe(0)
  expect(await read(connectedShops)).toEqual([])
  expect((await requests()).every(({ doneAt }) => doneAt !== null)).toBe(true)
  const [row] = await read((tx) => tx.shop.findMany())
  expect(row).toMatchObject({ state: 'disconnected', clientSecret: null, token: null })
})

test('a shop that was installed again in time is not forgotten; a person decides', async () => {
  await begin()
  await twoCustomers()
  desk.shopify.apps.redactShop(FERN)
  await desk.settle()
  expect(await counts()).toMatchObject({ orders: 3 })
  expect(await read(connectedShops)).toMatchObject([{ state: 'connected' }])
  expect(await requests()).toMatchObject([{ kind: 'shop_redact', doneAt: null }])
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  await desk.settle()
  expect(await counts()).toMatchObject({ orders: 0 })
  expect((await requests())[0]?.doneAt).not.toBeNull()
})

test('a request that was signed for another shop of the same app is refused, because the header alone names the shop', async () => {
  await begin()
  const body = JSON.stringify({
    shop_id: 1,
    shop_domain: 'other.myshopify.com',
    customer: { id: 5 },
    orders_to_redact: [1],
  })
  const response = await fetch(`${desk.url}/v1/shopify/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'customers/redact',
      'x-shopify-shop-domain': FERN,
      'x-shopify-event-id': randomUUID(),
      'x-shopify-hmac-sha256': createHmac('sha256', OWN.clientSecret).update(body).digest('base64'),
    },
    body,
  })
  expect(response.status).toBe(401)
  expect(await requests()).toEqual([])
})
