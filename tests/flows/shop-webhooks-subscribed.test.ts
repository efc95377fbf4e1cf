import { afterEach, expect, test } from '@jest/globals'
import { checkSubscriptions, subscribe } from '../../backend/features/orders/index.ts'
import { connectShop, openShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'

let desk: BesideShops
let shopId: string
afterEach(() => desk.stop())

const begin = async () => {
  desk = await startBesideShops()
  ;({ shopId } = await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN }))
  await desk.settle()
}
const emulated = () => desk.shopify.shop(FERN)
const subscribed = () => [...emulated().tables.subscriptions.all()]
const again = () => subscribe(desk.ctx, desk.workspaceId, shopId)

test('a connected shop sends what changes to this desk, and no more than ids', async () => {
  await begin()
  const topics = subscribed().map(({ topic }) => topic)
  expect(topics).toEqual(expect.arrayContaining(['ORDERS_UPDATED', 'REFUNDS_CREATE', 'APP_UNINSTALLED']))
  expect(topics).not.toContain('RETURNS_APPROVE') // the app may not read returns
  expect(new Set(topics).size).toBe(topics.length)
  expect(subscribed().every(({ uri }) => uri === 'https://desk.example/v1/shopify/webhooks')).toBe(true)
  buy(emulated(), { email: 'ada@home.example', lines: [{ title: 'Tea', price: 1250 }] })
  await desk.shopify.settle()
  const delivery = desk.shopify.webhooks.deliveries().find(({ topic }) => topic === 'ORDERS_CREATE')
  expect(delivery?.outcome).toBe('taken')
  expect(Object.keys(JSON.parse(delivery?.body ?? '{}')).sort()).toEqual(['id', 'updated_at'])
})

test('subscriptions that Shopify deleted come back, it is recorded, and the desk looks what it missed', async () => {
  await begin()
  await again()
  expect(await desk.events('shop.webhooks_restored')).toEqual([]) // nothing was missing
  for (const { id, topic } of subscribed())
    if (topic.startsWith('ORDERS_')) emulated().commit([{ t: 'delete', table: 'subscriptions', id }])
  await again()
  expect(subscribed().map(({ topic }) => topic)).toContain('ORDERS_UPDATED')
  expect(await desk.events('shop.webhooks_restored')).toMatchObject([{ payload: { shopId, count: 5 } }])
})

test('an address that the desk had before, and one that comes twice, are taken away; those of others stay', async () => {
  await begin()
  const [one] = subscribed()
  if (!one) throw new Error('nothing is subscribed')
  const copies = [
    { ...one, id: emulated().newGid('WebhookSubscription'), uri: 'https://old.example/v1/shopify/webhooks' },
    { ...one, id: emulated().newGid('WebhookSubscription') },
    { ...one, id: emulated().newGid('WebhookSubscription'), uri: 'https://somebody.example/hooks' },
  ]
  const before = subscribed().length
  emulated().commit(copies.map((copy) => put('subscriptions', copy)))
  const shop = await openShop(desk.ctx, desk.workspaceId, shopId)
  expect((await checkSubscriptions(desk.ctx, shop)).wrong).toHaveLength(2)
  await again()
  expect(subscribed()).toHaveLength(before + 1)
  expect(subscribed().map(({ uri }) => uri)).toContain('https://somebody.example/hooks')
  expect(await checkSubscriptions(desk.ctx, shop)).toMatchObject({ missing: [], wrong: [], right: before })
})

test('when the app is removed in the shop its tokens go, its orders stay, and nothing is asked any more', async () => {
  await begin()
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await desk.settle()
  const [row] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany())
  expect(row).toMatchObject({ state: 'uninstalled', token: null, refreshToken: null })
  expect(row?.problem).toContain('was removed from Fern & Fig')
  expect(await desk.events('shop.uninstalled')).toHaveLength(1)
  desk.shopify.apps.install(FERN, OWN.clientId)
  await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN })
  expect(await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany())).toMatchObject([
    { id: shopId, state: 'connected', problem: null },
  ])
})

test('a late word that the app was removed is not believed while the shop lets us in', async () => {
  await begin()
  await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.$executeRaw`select app.enqueue(${JSON.stringify([{ job: 'shops:check', payload: { shopId, told: 'removed' } }])}::jsonb)`,
  )
  await desk.settle()
  expect(await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany())).toMatchObject([
    { state: 'connected' },
  ])
})
