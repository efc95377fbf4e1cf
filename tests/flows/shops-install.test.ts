import { createHmac } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { checkWorkspaceShops } from '../../backend/admin/doctor/shops.ts'
import { createContext } from '../../backend/app.ts'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { checkShop, connectedShops, installAddress, openShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { APP, type BesideShops, OUTLET, startBesideShops } from '../support/beside-shops.ts'

let desk: BesideShops
afterEach(() => desk.stop())

const PUBLIC_URL = 'https://desk.example'
const here = (url: string) => url.replace(PUBLIC_URL, desk.url)
const get = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } })
const address = (allOrders = false) => installAddress(desk.ctx, desk.workspaceId, { domain: OUTLET, allOrders }).url
const shops = () => inWorkspace(desk.ctx, desk.workspaceId, connectedShops, { reads: true })

/** Follows the address to Shopify. */
async function begin(url = address()) {
  const begun = await get(here(url))
  return {
    status: begun.status,
    page: begun.headers.get('location') ?? '',
    cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '',
  }
}

/** Presses Install on Shopify's page. @returns the address that Shopify sends the browser back to */
async function press(page: string): Promise<string> {
  const { location } = Object.fromEntries((await fetch(page, { method: 'POST', redirect: 'manual' })).headers)
  return location ?? ''
}

test('the owner of a shop of another organisation installs the app, and its orders are read with tokens that are renewed', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin()
  expect(await (await fetch(page)).text()).toContain('Install')
  const done = await get(await press(page), cookie)
  expect(done.status).toBe(200)
  expect(await done.text()).toContain('Fern Outlet is connected')
  const [shop] = await shops()
  expect(shop).toMatchObject({ domain: OUTLET, state: 'connected' })
  const [row] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany())
  expect(row).toMatchObject({ access: 'authorization_code', clientId: null, clientSecret: null })
  const first = row?.refreshToken
  await desk.travel('61 min')
  expect((await (await openShop(desk.ctx, desk.workspaceId, shop?.id ?? '')).api.about('person')).name).toBe(
    'Fern Outlet',
  )
  const [renewed] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shop.findMany())
  expect(renewed?.refreshToken).not.toEqual(first)
})

test('a process that dies between renewing and storing costs nothing: the old refresh token serves until the new one is used', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin()
  await get(await press(page), cookie)
  const [shop] = await shops()
  const where = { workspaceId_id: { workspaceId: desk.workspaceId, id: shop?.id ?? '' } }
  await desk.travel('61 min')
  // What the dead process did: it took the lease, was given a new pair, and stored nothing.
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.shop.update({ where, data: { renewingUntil: new Date(tx.now.getTime() + 30_000) } })
  })
  const { emulated, given } = await rotate()
  await desk.travel('31 s')
  const { api } = await openShop(desk.ctx, desk.workspaceId, shop?.id ?? '')
  expect((await api.about('person')).name).toBe('Fern Outlet')
  expect(emulated.tokens.has(given)).toBe(true) // the lost one was never used
})

test('two processes that need a new pair at the same time use up one refresh token, hour after hour', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin()
  await get(await press(page), cookie)
  const id = (await shops())[0]?.id ?? ''
  const other = createContext(desk.ctx.config, { process: 'other', clock: desk.clock })
  const asked = () => desk.shopify.faults.met('oauth.token').length
  try {
    for (const _hour of [1, 2, 3]) {
      const before = asked()
      await desk.travel('61 min')
      const asking = [desk.ctx, other, desk.ctx, other, desk.ctx, other].map(async (ctx) =>
        (await openShop(ctx, desk.workspaceId, id)).api.about('person'),
      )
      expect((await Promise.all(asking)).map(({ name }) => name)).toEqual(Array(6).fill('Fern Outlet'))
      expect(asked()).toBe(before + 1)
    }
  } finally {
    await other.close()
  }
})

/** Asks Shopify for a new pair behind the desk's back, with the refresh token that it holds. */
async function rotate() {
  const emulated = desk.shopify.shop(OUTLET).ground.store.state
  const refreshToken = [...emulated.tokens.values()].find(({ kind }) => kind === 'refresh')?.value ?? ''
  const { refreshToken: given } = await desk.ctx.shopify.tokens.refresh({ domain: OUTLET, ...APP, refreshToken })
  return { emulated, given: given ?? '' }
}

test('a state of ours with a signature that is not Shopify’s, another browser, another shop or an old page connect nothing', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin()
  const good = new URL(await press(page))
  const changed = (name: string, value: string, signed = false) => {
    const url = new URL(good)
    url.searchParams.set(name, value)
    if (signed) url.searchParams.set('hmac', signature(url.searchParams))
    return url.href
  }
  const refused = async (url: string, with_ = cookie) => {
    const response = await get(url, with_)
    expect(await response.text()).toContain('was not connected')
    return response.status
  }
  expect(await refused(changed('hmac', '0'.repeat(64)))).toBe(401)
  expect(await refused(changed('code', 'stolen'))).toBe(401)
  expect(await refused(good.href, '')).toBe(401)
  expect(await refused(good.href, 'sidedesk_install=guess')).toBe(401)
  expect(await refused(changed('shop', 'fern.myshopify.com', true))).toBe(401)
  expect(await refused(changed('state', 'e30.forged', true))).toBe(401)
  await desk.travel('31 min')
  expect(await refused(good.href)).toBe(401)
  expect(await shops()).toEqual([])
})

/** As Shopify signs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant */
function signature(params: URLSearchParams): string {
  const pairs = [...params].filter(([name]) => name !== 'hmac').map(([name, value]) => `${name}=${value}`)
  return createHmac('sha256', APP.clientSecret).update(pairs.sort().join('&')).digest('hex')
}

test('a shop that another workspace has is not taken away by installing the app once more', async () => {
  desk = await startBesideShops()
  const first = await begin()
  expect((await get(await press(first.page), first.cookie)).status).toBe(200)
  const before = await shops()
  const other = await createWorkspace(desk.ctx, 'Somebody else')
  const { url } = installAddress(desk.ctx, other.workspaceId, { domain: OUTLET, allOrders: false })
  const again = await begin(url)
  const refused = await get(await press(again.page), again.cookie)
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('is connected to another workspace here')
  expect(await shops()).toEqual(before)
  expect(await inWorkspace(desk.ctx, other.workspaceId, connectedShops, { reads: true })).toEqual([])
  expect((await (await openShop(desk.ctx, desk.workspaceId, before[0]?.id ?? '')).api.about('person')).name).toBe(
    'Fern Outlet',
  )
})

test('whoever reads that an installed app lost its access is given the command that helps', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin()
  await get(await press(page), cookie)
  const [shop] = await shops()
  desk.shopify.settings.setStatus(OUTLET, 'gone')
  await checkShop(desk.ctx, desk.workspaceId, { shopId: shop?.id ?? '' })
  expect((await shops())[0]).toMatchObject({ state: 'needs_access' })
  const command = `npm run admin -- shop connect ${OUTLET} --install`
  const [access] = await checkWorkspaceShops(desk.ctx, { id: desk.workspaceId })
  expect(access).toMatchObject({ state: 'problem', todo: command })
  desk.shopify.settings.setStatus(OUTLET, 'open')
  desk.shopify.apps.uninstall(OUTLET, APP.clientId)
  await checkShop(desk.ctx, desk.workspaceId, { shopId: shop?.id ?? '' })
  expect((await shops())[0]?.problem).toContain(command)
})

test('an address that is old, or that Shopify opened by itself, asks for another one', async () => {
  desk = await startBesideShops()
  const url = address()
  const alone = await get(`${desk.url}/v1/shopify/install?shop=${OUTLET}`)
  expect(alone.status).toBe(400)
  expect(await alone.text()).toContain('Ask your desk for an address')
  await desk.travel('25 h')
  expect((await begin(url)).status).toBe(400)
})

test('a code serves once, and orders older than 60 days are asked for only when that was wanted', async () => {
  desk = await startBesideShops()
  const { page, cookie } = await begin(address(true))
  expect(new URL(page).searchParams.get('scope')).toContain('read_all_orders')
  const back = await press(page)
  expect((await get(back, cookie)).status).toBe(200)
  expect((await get(back, cookie)).status).not.toBe(200)
  expect(new URL((await begin(address(false))).page).searchParams.get('scope')).not.toContain('read_all_orders')
})
