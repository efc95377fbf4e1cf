import { afterEach, expect, test } from '@jest/globals'
import { orderSchedule, webhookSchedule } from '../../backend/features/orders/index.ts'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import {
  connectAgain,
  connectedShops,
  connectShop,
  disconnectShop,
  openShop,
  shopsSchedule,
  workspacesWithShops,
} from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type BesideShops, FERN, OUTLET, OWN, startBesideShops } from '../support/beside-shops.ts'
import { startHolding } from '../support/held-calls.ts'

let desk: BesideShops
const begin = async (...given: Parameters<typeof startBesideShops>) => {
  desk = await startBesideShops(...given)
  return desk
}
afterEach(() => desk.stop())

const connectFern = () => connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN })
const rows = () => inWorkspace(desk.ctx, desk.workspaceId, connectedShops, { reads: true })
/** Access tokens that Shopify has given out so far. */
const tokens = () =>
  [...desk.shopify.shop(FERN).ground.store.state.tokens.values()].filter(({ kind }) => kind === 'access')

test('an own shop is connected with its name, its currency and the numbers of its orders', async () => {
  await begin()
  const { shopId, name, missing } = await connectFern()
  expect({ name, missing }).toEqual({ name: 'Fern & Fig', missing: [] })
  expect(await rows()).toMatchObject([
    {
      id: shopId,
      domain: FERN,
      currency: 'EUR',
      numberPrefix: 'FF-',
      numberSuffix: '',
      state: 'connected',
      problem: null,
    },
  ])
  const about = await (await openShop(desk.ctx, desk.workspaceId, shopId)).api.about('person')
  expect(about.name).toBe('Fern & Fig')
  expect(tokens()).toHaveLength(1) // the stored token serves
  expect(await desk.events('shop.connected')).toMatchObject([{ actorKind: 'system', payload: { shopId } }])
})

test('its secrets are sealed', async () => {
  await begin()
  const { shopId } = await connectFern()
  const [row] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany({ where: { id: shopId } }))
  const stored = Buffer.concat([row?.token ?? Buffer.alloc(0), row?.clientSecret ?? Buffer.alloc(0)])
  expect(stored.length).toBeGreaterThan(50)
  expect(stored.toString('latin1')).not.toMatch(/shpat|own-secret/)
})

test('connecting again renews the access and keeps the shop', async () => {
  await begin()
  const first = await connectFern()
  await disconnectShop(desk.ctx, desk.workspaceId, first.shopId)
  expect(await rows()).toEqual([])
  await expect(openShop(desk.ctx, desk.workspaceId, first.shopId)).rejects.toThrow('not installed')
  const again = await connectFern()
  expect(again.shopId).toBe(first.shopId)
  expect(await rows()).toMatchObject([{ state: 'connected' }])
})

test('only a workspace with a shop has recurring work about shops', async () => {
  await begin()
  await createWorkspace(desk.ctx, 'Nothing to sell')
  expect(await workspacesWithShops(desk.ctx)).toEqual([])
  const { shopId } = await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN })
  expect(await workspacesWithShops(desk.ctx)).toEqual([desk.workspaceId])
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  expect(await workspacesWithShops(desk.ctx)).toEqual([])
  expect([...shopsSchedule, ...orderSchedule, ...webhookSchedule].map(({ among }) => among)).toEqual(
    Array.from({ length: 4 }, () => workspacesWithShops),
  )
})

test('a shop of another workspace is refused in words', async () => {
  await begin()
  await connectFern()
  const other = await createWorkspace(desk.ctx, 'Somebody else')
  await expect(
    connectShop(desk.ctx, other.workspaceId, { domain: 'https://fern.myshopify.com/admin', ...OWN }),
  ).rejects.toThrow(`${FERN} is connected to another workspace here`)
})

test('two workspaces that connect one shop at the same time: one has it, the other reads why not', async () => {
  await begin()
  const other = await createWorkspace(desk.ctx, 'Somebody else')
  const tries = await Promise.allSettled(
    [desk.workspaceId, other.workspaceId].map((id) => connectShop(desk.ctx, id, { domain: FERN, ...OWN })),
  )
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
  expect(refused.map(({ message }) => message)).toEqual([
    `${FERN} is connected to another workspace here. Disconnect it there first.`,
  ])
})

test('a workspace that connects a shop twice at the same time has it once', async () => {
  await begin()
  const [one, two] = await Promise.all([connectFern(), connectFern()])
  expect(one.shopId).toBe(two.shopId)
  expect(await rows()).toMatchObject([{ id: one.shopId, state: 'connected' }])
})

test('a shop is connected under the address that its webhooks will name, whatever other address leads to it', async () => {
  const shopify = await startHolding(
    () => desk.shopify.url,
    (path) => path.replace('/alias.myshopify.com/', `/${FERN}/`),
  )
  try {
    await begin({ env: { SHOPIFY_BASE_URL: shopify.url } })
    await expect(connectShop(desk.ctx, desk.workspaceId, { domain: 'alias.myshopify.com', ...OWN })).rejects.toThrow(
      `Shopify calls this shop ${FERN}: connect it under that address.`,
    )
    expect(await rows()).toEqual([])
  } finally {
    await shopify.close()
  }
})

test('an own shop that was disconnected is never entered with the app that others install', async () => {
  await begin()
  const { shopId } = await connectFern()
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  await expect(connectAgain(desk.ctx, desk.workspaceId, FERN)).rejects.toThrow('--client-id')
})

test.each([
  ['a shop of another organisation', { domain: OUTLET, ...OWN }, 'same organisation'],
  ['a wrong secret', { domain: FERN, clientId: OWN.clientId, clientSecret: 'wrong' }, 'client id and secret'],
  ['an address that is no shop', { domain: 'fern.example', ...OWN }, 'looks like fern.myshopify.com'],
  ['a shop that does not exist', { domain: 'nobody.myshopify.com', ...OWN }, 'no shop at this address'],
])('%s is refused in words, and nothing is stored', async (_what, given, words) => {
  await begin()
  await expect(connectShop(desk.ctx, desk.workspaceId, given)).rejects.toThrow(words)
  expect(await rows()).toEqual([])
})

test('an app that was not installed yet, or no more, says so', async () => {
  await begin()
  await connectFern()
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await expect(connectFern()).rejects.toThrow('The app is not installed in this shop. Install it there')
  desk.shopify.apps.install(FERN, OWN.clientId)
  await connectFern()
  expect(await rows()).toMatchObject([{ state: 'connected' }])
})

test('a missing permission is named with what does not work without it', async () => {
  await begin({ scopes: ['read_customers', 'read_products', 'read_merchant_managed_fulfillment_orders'] })
  const refusal = await connectFern().catch((error: Error) => error.message)
  expect(refusal).toContain('read_orders: without it no order can be read')
  expect(refusal).toContain('read_gift_cards: without it gift cards are not found')
  expect(await rows()).toEqual([])
})

test('a permission that only some things need is named, and the shop is connected', async () => {
  await begin({
    scopes: ['write_orders', 'read_customers', 'read_products', 'write_merchant_managed_fulfillment_orders'],
  })
  const { missing } = await connectFern()
  expect(missing.map(({ scope }) => scope)).toEqual([
    'read_all_orders',
    'write_customers',
    'read_fulfillments',
    'read_gift_cards',
    'write_gift_cards',
    'read_draft_orders',
  ])
})
