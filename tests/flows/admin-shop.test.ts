import { afterEach, expect, test } from '@jest/globals'
import { allWorkspaces } from '../../backend/admin/choosing.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Shopify, startShopify } from '../../workbench/emulators/shopify/shopify.ts'
import { APP, FERN, OUTLET, OWN, SCOPES, seedOfTwo } from '../support/beside-shops.ts'
import { foundWorkspace, type Ground, startGround } from '../support/ground.ts'
import { handsOf } from '../support/shop-hands.ts'
import { until } from '../support/until.ts'

let ground: Ground
let shopify: Shopify
let api = ''

const begin = async (scopes = SCOPES) => {
  const resolveUrl = (url: string) => url.replace('https://desk.example', api)
  shopify = await startShopify({ clock: systemClock, bucketSize: null, seed: seedOfTwo(scopes), resolveUrl })
  ground = await startGround(
    {},
    {
      SHOPIFY_BASE_URL: shopify.url,
      SHOPIFY_CLIENT_ID: APP.clientId,
      SHOPIFY_CLIENT_SECRET: APP.clientSecret,
      SHOP_CLIENT_SECRET: OWN.clientSecret,
    },
  )
  await foundWorkspace(ground)
  return ground.admin
}
afterEach(async () => {
  await ground.stop()
  await shopify.close()
})

const connectFern = ['shop', 'connect', FERN, '--client-id', OWN.clientId]
const read = async <T>(work: Parameters<typeof inWorkspace<T>>[2]): Promise<T> => {
  const [workspace] = await allWorkspaces(ground.ctx)
  return inWorkspace(ground.ctx, workspace?.id ?? '', work, { reads: true })
}

test('an own shop is connected, checked, listed and taken away from the command line', async () => {
  const admin = await begin()
  expect((await admin.run('shop', 'list')).out).toContain('No shop yet. Connect one')
  const connected = await admin.run(...connectFern)
  expect(connected.err).toBe('')
  expect(connected.out).toContain('Connected: Fern & Fig (fern.myshopify.com), EUR, orders like FF-1001.')
  expect(connected.out + connected.err).not.toContain(OWN.clientSecret)
  const before = await admin.run('shop', 'check', 'fern')
  expect(before.out).toMatch(/ok +fern\.myshopify\.com: access: Shopify lets us into Fern & Fig/)
  expect(before.out).toMatch(/ok +fern\.myshopify\.com: webhooks: \d+ topics sent to https:\/\/desk\.example/)
  expect(before.out).toContain('Not begun: start the worker.')
  expect(before.out).toContain('agrees with Shopify')
  await ground.startWorker()
  const feed = () => read((tx) => tx.shopFeed.findFirst())
  await until('the first load', async () => (await feed())?.loadState === 'done')
  const { code, out } = await admin.run('shop', 'check')
  expect(out).toMatch(/ok +fern\.myshopify\.com: first load/)
  expect(out).toMatch(/ok +fern\.myshopify\.com: freshness: 0 orders kept, compared/)
  expect(out).toContain('No problem found')
  expect(code).toBe(0)
  expect((await admin.run('shop', 'list')).out).toMatch(/fern\.myshopify\.com +Fern & Fig +connected/)
  expect((await admin.run('shop', 'disconnect')).out).toContain('Fern & Fig is disconnected')
  expect([...shopify.shop(FERN).tables.subscriptions.all()]).toEqual([])
  expect((await admin.run('shop', 'check')).out).toContain('No shop is connected')
})

test('what is missing at Shopify is named before anything is stored', async () => {
  const admin = await begin(['read_orders', 'read_customers'])
  const { code, err } = await admin.run(...connectFern)
  expect(code).toBe(1)
  expect(err).toContain('read_products: without it no order can be read')
  expect(err).toContain('read_gift_cards: without it gift cards are not found')
  expect((await admin.run('shop', 'connect', OUTLET, '--client-id', OWN.clientId)).err).toContain('same organisation')
  expect((await admin.run('shop', 'connect', 'fern.example', '--client-id', 'x')).err).toContain('fern.myshopify.com')
  expect((await admin.run('shop', 'connect', FERN)).err).toContain('--client-id')
  expect(await read((tx) => tx.shop.count())).toBe(0)
})

test('trouble is told in words, and connecting again with what is stored ends it', async () => {
  const admin = await begin()
  await admin.run(...connectFern)
  shopify.shop(FERN).state.status = 'frozen'
  const frozen = await admin.run('shop', 'check')
  expect(frozen.out).toContain('problem')
  expect(frozen.out).toContain('frozen')
  expect(frozen.code).toBe(1)
  shopify.shop(FERN).state.status = 'open'
  for (const { id, topic } of [...shopify.shop(FERN).tables.subscriptions.all()])
    if (topic === 'ORDERS_UPDATED') shopify.shop(FERN).commit([{ t: 'delete', table: 'subscriptions', id }])
  expect((await admin.run('doctor')).out).toContain('fern.myshopify.com: webhooks: 1 topic not sent: ORDERS_UPDATED')
  const again = await admin.run('shop', 'connect', FERN)
  expect(again.out).toContain('Connected: Fern & Fig')
  expect((await admin.run('shop', 'check')).out).not.toContain('not sent')
})

test('a shop whose webhooks cannot be ordered yet is connected all the same', async () => {
  const admin = await begin()
  shopify.faults.add({ operation: 'WebhookSubscriptions', kind: '503' })
  const { code, out, err } = await admin.run(...connectFern)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain(
    'The worker asks for webhooks within the hour, because now: Shopify is not available right now (503).',
  )
  expect(out).toContain('Its orders are being read')
})

test('a customer who asks what is known is answered from the command line, and loading begins again there', async () => {
  const admin = await begin()
  await admin.run(...connectFern)
  const ada = handsOf(shopify.shop(FERN)).customer({ email: 'ada@home.example' })
  handsOf(shopify.shop(FERN)).buy({ customerId: ada.id })
  const worker = await ground.startWorker()
  api = await ground.startApi()
  await until('the first load', async () => (await read((tx) => tx.shopFeed.findFirst()))?.loadState === 'done')
  expect((await admin.run('shop', 'load', 'fern', '--anew')).out).toContain('All orders of fern.myshopify.com')
  shopify.apps.requestData(FERN, ada.id)
  await until('the request', async () => (await read((tx) => tx.privacyRequest.count())) === 1)
  await worker.stop()
  const { out: list } = await admin.run('shop', 'privacy', 'list')
  const [id = ''] = /^[0-9a-f-]{36}/m.exec(list) ?? []
  expect(list).toContain('to be told')
  expect(list).toContain('npm run --silent admin -- shop privacy export') // npm's own lines are no JSON
  const told = await admin.run('shop', 'privacy', 'export', id)
  expect(JSON.stringify(JSON.parse(told.out))).toContain('ada@home.example')
  expect((await admin.run('shop', 'privacy', 'done', id)).out).toContain('Marked as done')
  expect(await read((tx) => tx.privacyRequest.count({ where: { doneAt: null } }))).toBe(0)
})

test('a shop of another organisation is connected by the address that its owner opens', async () => {
  const admin = await begin()
  const { out } = await admin.run('shop', 'connect', OUTLET, '--install', '--all-orders')
  const [address = ''] = /https:\/\/desk\.example\S+/.exec(out) ?? []
  expect(address).toContain('/v1/shopify/install?start=')
  api = await ground.startApi()
  const begun = await fetch(address.replace('https://desk.example', api), { redirect: 'manual' })
  expect(begun.status).toBe(302)
  expect(begun.headers.get('location')).toContain(`${OUTLET}/admin/oauth/authorize`)
  expect(begun.headers.get('location')).toContain('read_all_orders')
})
