import { inspect } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { ShopifyAccessLost } from '../../backend/clients/shopify/index.ts'
import { subscribe } from '../../backend/features/orders/index.ts'
import {
  checkShop,
  connectedShops,
  connectShop,
  noteShopTrouble,
  openShop,
} from '../../backend/features/shops/index.ts'
import { createLog } from '../../backend/platform/log.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'
import { startHolding } from '../support/held-calls.ts'
import { handsOf } from '../support/shop-hands.ts'

let desk: BesideShops
let shopId: string
let other: ReturnType<typeof createContext> | undefined

const begin = async (env: Record<string, string> = {}) => {
  desk = await startBesideShops({ env })
  ;({ shopId } = await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN }))
}
afterEach(async () => {
  await other?.close()
  other = undefined
  await desk.stop()
})

/** A second process of the same desk. */
const secondProcess = () => {
  other = createContext(desk.ctx.config, { process: 'other', clock: desk.clock })
  return other
}
const emulated = () => desk.shopify.shop(FERN)
const tokens = () => [...emulated().ground.store.state.tokens.values()].filter(({ kind }) => kind === 'access')
const revokeAll = () => {
  for (const { value } of tokens()) emulated().ground.store.commit([{ t: 'tokenGone', value }])
}
const ask = async (ctx = desk.ctx) => (await openShop(ctx, desk.workspaceId, shopId)).api.about('person')
const shop = async () => (await inWorkspace(desk.ctx, desk.workspaceId, connectedShops, { reads: true }))[0]
const check = () => checkShop(desk.ctx, desk.workspaceId, { shopId })

test('a token that ends soon is renewed once, by whichever of many processes comes first', async () => {
  await begin()
  await desk.travel('23 h')
  await ask()
  expect(tokens()).toHaveLength(1)
  await desk.travel('59 min')
  const processes = [desk.ctx, secondProcess()]
  const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => ask(processes[i % 2])))
  expect(answers).toHaveLength(24)
  expect(tokens()).toHaveLength(2)
})

test('a token that was revoked is replaced at the first refusal, once for all, and nobody notices', async () => {
  await begin()
  const [before] = tokens()
  revokeAll()
  const processes = [desk.ctx, secondProcess()]
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(processes[i % 2])))
  expect(answers.every(({ name }) => name === 'Fern & Fig')).toBe(true)
  expect(tokens()).toHaveLength(1)
  expect(tokens()[0]?.value).not.toBe(before?.value)
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
})

test('a process that dies while it renews holds the others up no longer than its lease', async () => {
  await begin()
  await desk.travel('24 h')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.shop.updateMany({ where: { id: shopId }, data: { renewingUntil: new Date(tx.now.getTime() + 1_500) } }),
  )
  expect((await ask(secondProcess())).name).toBe('Fern & Fig')
})

test('while one process renews a token that still serves, the others go on with it', async () => {
  await begin()
  await desk.travel('23 h')
  await desk.travel('58 min')
  await desk.travel('30 s')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.shop.updateMany({ where: { id: shopId }, data: { renewingUntil: new Date(tx.now.getTime() + 3_600_000) } }),
  )
  expect((await ask()).name).toBe('Fern & Fig')
  expect(tokens()).toHaveLength(1)
})

test('Shopify away while a token is renewed is no lost access, and the next one tries again', async () => {
  await begin()
  await desk.travel('25 h')
  desk.shopify.faults.add({ operation: 'oauth.token', kind: '503' })
  await expect(ask()).rejects.toThrow('not available')
  expect(await shop()).toMatchObject({ state: 'connected' })
  expect((await ask()).name).toBe('Fern & Fig')
})

test('while the sign-in is away a token that still serves is used', async () => {
  await begin()
  await desk.travel('23 h')
  await desk.travel('59 min')
  desk.shopify.faults.add({ operation: 'oauth.token', kind: '503' })
  expect((await ask()).name).toBe('Fern & Fig')
  expect(tokens()).toHaveLength(1)
  await ask()
  expect(tokens()).toHaveLength(2)
})

test('a renewal that fails late says nothing of the access that a person has renewed meanwhile', async () => {
  const shopify = await startHolding(() => desk.shopify.url)
  try {
    await begin({ SHOPIFY_BASE_URL: shopify.url })
    await desk.travel('25 h')
    const renewal = shopify.holdNext(/access_token$/)
    const asked = ask()
    await renewal.came
    const app = emulated().ground.app(OWN.clientId)
    if (app) app.clientSecret = 'changed'
    await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, clientId: OWN.clientId, clientSecret: 'changed' })
    renewal.letGo()
    expect((await asked).name).toBe('Fern & Fig')
    expect(await shop()).toMatchObject({ state: 'connected', problem: null })
    if (app) app.clientSecret = OWN.clientSecret
  } finally {
    await shopify.close()
  }
})

test('a frozen shop says so once, is not asked any more, and comes back by itself', async () => {
  await begin()
  emulated().state.status = 'frozen'
  await check()
  await check()
  expect(await shop()).toMatchObject({
    state: 'frozen',
    problem:
      'Shopify has frozen Fern & Fig, as a rule because a bill is open. Its owner settles that with Shopify; Sidedesk tries again every hour.',
  })
  await expect(ask()).rejects.toThrow(ShopifyAccessLost)
  expect(await desk.events('shop.access_lost')).toMatchObject([{ payload: { shopId, problem: 'frozen' } }])
  emulated().state.status = 'open'
  await check()
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  expect(await desk.events('shop.access_regained')).toHaveLength(1)
})

test("an app whose secret was changed needs an admin, who finds what to do in the shop's words", async () => {
  await begin()
  await desk.travel('25 h')
  const app = emulated().ground.app(OWN.clientId)
  if (app) app.clientSecret = 'changed'
  await expect(ask()).rejects.toThrow(ShopifyAccessLost)
  const { state, problem } = (await shop()) ?? {}
  expect(state).toBe('needs_access')
  expect(problem).toContain('npm run admin -- shop connect fern.myshopify.com')
  await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, clientId: OWN.clientId, clientSecret: 'changed' })
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  if (app) app.clientSecret = OWN.clientSecret
})

test('a permission that was taken away is named; one that few things need leaves the shop connected', async () => {
  await begin()
  const installation = emulated().state.installations.get(OWN.clientId)
  const allow = (...scopes: string[]) =>
    emulated().ground.store.commit([{ t: 'installed', installation: { shop: FERN, clientId: OWN.clientId, scopes } }])
  const all = installation?.scopes ?? []
  allow(...all.filter((scope) => !scope.endsWith('_gift_cards')))
  await noteShopTrouble(desk.ctx, desk.workspaceId, shopId, new ShopifyAccessLost('scope_missing'))
  await desk.settle()
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  allow(...all.filter((scope) => scope !== 'read_orders' && scope !== 'write_orders'))
  await noteShopTrouble(desk.ctx, desk.workspaceId, shopId, new ShopifyAccessLost('scope_missing'))
  await desk.settle()
  expect(await shop()).toMatchObject({ state: 'needs_access' })
  expect((await shop())?.problem).toContain('read_orders')
  allow(...all)
  await check()
  expect(await shop()).toMatchObject({ state: 'connected' })
})

test('a permission that even the check lacks is said once, and not asked for over and over', async () => {
  await begin()
  desk.shopify.faults.add({ operation: 'About', kind: 'partial', times: 30 })
  const before = desk.shopify.faults.met('About').length
  await noteShopTrouble(desk.ctx, desk.workspaceId, shopId, new ShopifyAccessLost('scope_missing'))
  await desk.settle()
  expect(desk.shopify.faults.met('About')).toHaveLength(before + 1)
  expect(await shop()).toMatchObject({ state: 'needs_access', problem: expect.stringContaining('may not read') })
  desk.shopify.faults.clear()
  await check()
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
})

test('who asks a shop that is in trouble already leaves the words of that trouble as they are', async () => {
  await begin()
  const installation = emulated().state.installations.get(OWN.clientId)
  desk.shopify.apps.changeScopes(
    FERN,
    OWN.clientId,
    (installation?.scopes ?? []).filter((scope) => scope !== 'read_products'),
  )
  await check()
  const before = await shop()
  expect(before).toMatchObject({ state: 'needs_access', problem: expect.stringContaining('read_products') })
  await subscribe(desk.ctx, desk.workspaceId, shopId) // as every hour
  expect(await shop()).toEqual(before)
  await expect(ask()).rejects.toThrow(before?.problem ?? 'no words')
})

test('a shop that refuses everything keeps its access, and comes back by itself', async () => {
  await begin()
  await noteShopTrouble(desk.ctx, desk.workspaceId, shopId, new ShopifyAccessLost('forbidden'))
  expect(await shop()).toMatchObject({ state: 'needs_access', problem: expect.stringContaining('asks Shopify') })
  await check()
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  expect(tokens()).toHaveLength(1)
})

test('a late word that the app was removed is not believed because a token has ended meanwhile', async () => {
  await begin()
  await desk.travel('25 h')
  await checkShop(desk.ctx, desk.workspaceId, { shopId, told: 'removed' })
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await desk.travel('25 h')
  await checkShop(desk.ctx, desk.workspaceId, { shopId, told: 'removed' })
  expect(await shop()).toMatchObject({ state: 'uninstalled' })
})

test('no failure carries a token or a secret, in its words, its causes or the log', async () => {
  await begin()
  const [token] = tokens()
  const logged: string[] = []
  const log = createLog('debug', 'test', { destination: { write: (line: string) => void logged.push(line) } })
  const failing = async (change: () => void) => {
    change()
    const error: unknown = await ask().then(
      () => new Error('nothing failed'),
      (reason: unknown) => reason,
    )
    log.error({ err: error }, 'failed')
    return inspect(error, { depth: 9 })
  }
  const said = [
    await failing(() => desk.shopify.faults.add({ operation: 'About', kind: '503' })),
    await failing(() => desk.shopify.faults.add({ operation: 'About', kind: 'broken-json' })),
    await failing(() => desk.shopify.faults.add({ operation: 'About', kind: 'partial' })),
    await failing(() => {
      const app = emulated().ground.app(OWN.clientId)
      if (app) app.clientSecret = 'changed-secret'
      revokeAll()
    }),
  ]
  expect(said.join('\n')).not.toContain('nothing failed')
  for (const secret of [token?.value ?? '', OWN.clientSecret, 'changed-secret'])
    expect(said.join('\n') + logged.join('\n')).not.toContain(secret)
  expect(logged).toHaveLength(4)
})

test('a field that Shopify took away is named while the shop stays connected, and forgotten when it is back', async () => {
  await begin()
  handsOf(emulated()).buy()
  desk.shopify.settings.vanish('Order.displayFinancialStatus')
  await check()
  expect(await shop()).toMatchObject({
    state: 'connected',
    problem: expect.stringContaining('Order.displayFinancialStatus'),
  })
  desk.shopify.settings.vanish() // it is back
  await check()
  expect(await shop()).toMatchObject({ state: 'connected', problem: null })
  desk.shopify.settings.vanish('Shop.plan') // which only the check reads
  await check()
  expect(await shop()).toMatchObject({ state: 'connected', problem: expect.stringContaining('Shop.plan') })
})
