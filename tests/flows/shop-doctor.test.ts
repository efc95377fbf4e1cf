import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import type { Check } from '../../backend/admin/doctor/check.ts'
import { checkWorkspaceShops } from '../../backend/admin/doctor/shops.ts'
import { createContext } from '../../backend/app.ts'
import { connectShop } from '../../backend/features/shops/index.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'
import { handsOf } from '../support/shop-hands.ts'

let desk: BesideShops
afterEach(() => desk.stop())

const connectFern = () => connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN })
const begin = async () => {
  desk = await startBesideShops()
  await connectFern()
  await desk.settle()
  await desk.travel('30 s') // by then Shopify has written the list of orders
  await desk.settle()
}
const emulated = () => desk.shopify.shop(FERN)
const examined = (ctx = desk.ctx) => checkWorkspaceShops(ctx, { id: desk.workspaceId })
const problems = async (ctx = desk.ctx) =>
  (await examined(ctx))
    .filter(({ state }) => state === 'problem')
    .map(({ about, says, todo }) => [about.replace(`${FERN}: `, ''), `${says} ${todo}`])
const only = async (about: string): Promise<Check | undefined> =>
  (await examined()).find((check) => check.about === `${FERN}: ${about}`)

test('a shop that is well has no problem', async () => {
  await begin()
  expect(await problems()).toEqual([])
})

test.each([
  ['a frozen shop is waited for', () => desk.shopify.settings.setStatus(FERN, 'frozen'), /bill.* Nothing here/],
  [
    'a shop that is gone',
    () => desk.shopify.settings.setStatus(FERN, 'gone'),
    /no shop at this address.* shop connect/,
  ],
  ['an app that was removed is installed first', remove, /not installed.* Install the app in the shop, then:/],
  ['a changed secret is given again', changeSecret, /client id and secret.* --client-id CLIENT_ID/],
  ['a field that is gone', () => desk.shopify.settings.vanish('Shop.plan'), /Shop\.plan.* Update Sidedesk/],
  ['Shopify away', () => fail('503'), /\(503\).* over https/],
  ['a rate limit that is used up', () => fail('throttle'), /rate limit.* Nothing: it is over by itself/],
])('%s is told with what to do', async (_what, change, words) => {
  await begin()
  change()
  const found = await problems()
  expect(found).toEqual([['access', expect.stringMatching(words)]])
})

function remove() {
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
}
function changeSecret() {
  desk.shopify.apps.revokeTokens(FERN, OWN.clientId)
  const app = emulated().ground.app(OWN.clientId)
  if (app) app.clientSecret = 'changed'
}
const fail = (kind: '503' | 'throttle') => desk.shopify.faults.add({ operation: '*', kind, times: 9 })

test('what Shopify withholds of the orders is told when connecting and when checking', async () => {
  await begin()
  desk.shopify.faults.add({ operation: 'Orders', kind: 'partial' })
  await expect(connectFern()).rejects.toThrow('Shopify withholds a part of the orders')
  desk.shopify.faults.add({ operation: 'Orders', kind: 'partial' })
  expect(await problems()).toEqual([['orders', expect.stringMatching(/withholds.*protected customer data.*step 1\.4/)]])
})

test('a field of orders that is gone asks for a newer Sidedesk', async () => {
  await begin()
  handsOf(emulated()).buy()
  desk.shopify.settings.vanish('Order.returnStatus')
  expect(await problems()).toEqual([['orders', expect.stringMatching(/Order\.returnStatus.*Update Sidedesk/)]])
})

test('orders that nobody reads are counted, and a comparison that is old is told', async () => {
  await begin()
  handsOf(emulated()).buy()
  await desk.shopify.settle() // the webhook comes, the worker does not run
  await desk.travel('20 min')
  expect(await problems()).toEqual([
    ['freshness', expect.stringMatching(/compared with Shopify 20 minutes ago.*Start the worker/)],
    [
      'waiting',
      expect.stringMatching(/1 changed order not read yet, the oldest since 20 minutes ago.*Start the worker/),
    ],
  ])
})

test('a first load that failed says how to begin it again', async () => {
  desk = await startBesideShops()
  desk.shopify.faults.add({ operation: 'bulk.run', kind: 'internal-error' })
  await connectFern()
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
  expect(await problems()).toEqual([['first load', expect.stringMatching(/could not write.*shop load/)]])
})

test('subscriptions that Shopify deleted are named, and permissions that only some things need are a note', async () => {
  await begin()
  for (const { id, topic } of [...emulated().tables.subscriptions.all()])
    if (topic === 'ORDERS_UPDATED') emulated().commit([{ t: 'delete', table: 'subscriptions', id }])
  expect(await problems()).toEqual([
    ['webhooks', expect.stringMatching(/1 topic not sent: ORDERS_UPDATED.*every hour/)],
  ])
  const scopes = emulated().state.installations.get(OWN.clientId)?.scopes ?? []
  desk.shopify.apps.changeScopes(
    FERN,
    OWN.clientId,
    scopes.filter((scope) => scope !== 'read_all_orders'),
  )
  expect(await only('permissions')).toMatchObject({
    state: 'note',
    says: expect.stringContaining('older than 60 days'),
  })
})

test('a master key that is not the one of this database is named as such', async () => {
  await begin()
  const masterKeys = [randomBytes(32)]
  const other = createContext({ ...desk.ctx.config, masterKeys }, { process: 'other', clock: desk.clock })
  try {
    expect(await problems(other)).toEqual([
      ['access', expect.stringContaining('Is MASTER_KEY the key of this database')],
    ])
  } finally {
    await other.close()
  }
})

test('a customer who waits for an answer is a note, and a problem in the last week', async () => {
  await begin()
  const { id } = handsOf(emulated()).customer({ email: 'ada@home.example' })
  desk.shopify.apps.requestData(FERN, id)
  await desk.settle()
  const privacy = async () => (await examined()).find(({ about }) => about === 'privacy')
  expect(await privacy()).toMatchObject({ state: 'note', todo: 'npm run admin -- shop privacy list' })
  await desk.travel('24 days')
  expect(await privacy()).toMatchObject({ state: 'problem', says: expect.stringContaining('1 request to tell') })
})
