import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { receiver } from './receiver.ts'
import { askToken, CLIENT, FERN, OUTLET, post, seed, start, travelling } from './start.ts'

const REDIRECT = 'http://127.0.0.1:1/shopify/callback'
const clock = travelling()
let shopify: Shopify

beforeEach(async () => {
  shopify = await start({ clock })
})
afterEach(() => shopify.close())

const own = { client_id: CLIENT.id, client_secret: CLIENT.secret }

test('an own shop gives a token of a day for the client credentials alone', async () => {
  const token = await tokens({ grant_type: 'client_credentials' }, FERN)
  expect(token).toMatchObject({ access_token: expect.stringMatching(/^shpat_/), expires_in: 86_399 })
  expect(await status(token.access_token, FERN)).toBe(200)
  clock.travel(25 * 3_600_000)
  expect(await status(token.access_token, FERN)).toBe(401)
})

test("another organisation's shop refuses client credentials", async () => {
  expect(await refusalOf({ grant_type: 'client_credentials' }, OUTLET)).toEqual([400, 'shop_not_permitted'])
})

test('a wrong secret and an unknown app are told apart', async () => {
  expect(await refusalOf({ grant_type: 'client_credentials', client_secret: 'no' }, FERN)).toEqual([
    401,
    'invalid_client',
  ])
  expect(await refusalOf({ grant_type: 'client_credentials', client_id: 'no' }, FERN)).toEqual([
    400,
    'application_cannot_be_found',
  ])
})

test('the merchant installs by a button, and the app comes back with a signed code that works once', async () => {
  const page = await fetch(authorizeUrl())
  expect(await page.text()).toContain('<button>Install</button>')
  const back = await pressInstall()
  const query = Object.fromEntries(back.searchParams)
  expect(query).toMatchObject({ shop: OUTLET, state: 's-1', timestamp: expect.stringMatching(/^\d+$/) })
  expect(query['hmac']).toBe(signatureOf(back.searchParams))
  const token = await tokens({ code: query['code'] ?? '' }, OUTLET)
  expect(token).toEqual({ access_token: expect.stringMatching(/^shpat_/), scope: 'read_orders,write_orders' })
  expect(await status(token.access_token, OUTLET)).toBe(200)
  expect(await refusalOf({ code: query['code'] ?? '' }, OUTLET)).toEqual([400, 'invalid_request'])
})

test('an address the app did not register is no place to come back to', async () => {
  expect((await fetch(authorizeUrl({ redirect_uri: 'http://127.0.0.1:1/elsewhere' }))).status).toBe(400)
})

test('a scope that there is not is refused before anybody is asked', async () => {
  expect((await fetch(authorizeUrl({ scope: 'read_orders,read_all_orders' }))).status).toBe(200)
  const refused = await fetch(authorizeUrl({ scope: 'read_orders,read_unicorns' }))
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'invalid_scope' }])
})

test('an expiring token lasts an hour, and its refresh token brings the next pair', async () => {
  const first = await expiring()
  expect(first).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 })
  clock.travel(61 * 60_000)
  expect(await status(first.access_token, OUTLET)).toBe(401)
  const second = await tokens(refreshWith(first), OUTLET)
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect(await status(second.access_token, OUTLET)).toBe(200)
})

test('a refresh token works on until the one that replaced it is used', async () => {
  const first = await expiring()
  const lost = await tokens(refreshWith(first), OUTLET)
  const again = await tokens(refreshWith(first), OUTLET)
  expect(again.refresh_token).not.toBe(lost.refresh_token)
  await tokens(refreshWith(again), OUTLET)
  expect(await refusalOf(refreshWith(first), OUTLET)).toEqual([400, 'invalid_grant'])
})

test('uninstalling ends every token and tells the app', async () => {
  const hook = await receiver()
  const token = await expiring()
  const query = `mutation { webhookSubscriptionCreate(topic: APP_UNINSTALLED, webhookSubscription: { uri: "${hook.url}" }) {
    webhookSubscription { id } userErrors { message } } }`
  await post(shopify, query, {}, { token: token.access_token, shop: OUTLET })
  shopify.apps.uninstall(OUTLET, CLIENT.id)
  await shopify.settle()
  await hook.close()
  expect(hook.received.map(({ topic }) => topic)).toEqual(['app/uninstalled'])
  expect(await status(token.access_token, OUTLET)).toBe(401)
  expect(await refusalOf(refreshWith(token), OUTLET)).toEqual([400, 'invalid_grant'])
})

test('an own shop that removed the app gives it no token until it is installed again', async () => {
  const first = await tokens({ grant_type: 'client_credentials' }, FERN)
  shopify.apps.uninstall(FERN, CLIENT.id)
  expect(await status(first.access_token, FERN)).toBe(401)
  expect(await refusalOf({ grant_type: 'client_credentials' }, FERN)).toEqual([400, 'app_not_installed'])
  shopify.apps.install(FERN, CLIENT.id)
  const again = await tokens({ grant_type: 'client_credentials' }, FERN)
  expect(await status(again.access_token, FERN)).toBe(200)
})

test('a new token brings back no scope that the owner took away', async () => {
  await tokens({ grant_type: 'client_credentials' }, FERN)
  shopify.apps.changeScopes(FERN, CLIENT.id, ['read_orders'])
  expect(await tokens({ grant_type: 'client_credentials' }, FERN)).toMatchObject({ scope: 'read_orders' })
  shopify.apps.install(FERN, CLIENT.id)
  expect((await tokens({ grant_type: 'client_credentials' }, FERN)).scope).toContain('write_orders')
})

test("the privacy topics go to the address in the app's settings", async () => {
  const hook = await receiver()
  const apps = seed.apps.map((app) => ({ ...app, privacyUri: hook.url }))
  const other = await start({ clock, seed: { ...seed, apps } })
  other.apps.redactShop(FERN)
  await other.settle()
  await Promise.all([other.close(), hook.close()])
  expect(hook.received.map(({ topic }) => topic)).toEqual(['shop/redact'])
})

interface Tokens {
  access_token: string
  scope?: string
  refresh_token?: string
  expires_in?: number
}

const tokens = async (form: Record<string, string>, shop: string) =>
  (await (await askToken(shopify, { ...own, ...form }, shop)).json()) as Tokens

async function refusalOf(form: Record<string, string>, shop: string) {
  const response = await askToken(shopify, { ...own, ...form }, shop)
  return [response.status, ((await response.json()) as { error: string }).error]
}

const refreshWith = ({ refresh_token = '' }: Tokens) => ({ grant_type: 'refresh_token', refresh_token })

const status = async (token: string, shop: string) =>
  (await post(shopify, '{ shop { id } }', {}, { token, shop })).status

function authorizeUrl(more: Record<string, string> = {}): string {
  const query = {
    client_id: CLIENT.id,
    scope: 'read_orders,write_orders',
    redirect_uri: REDIRECT,
    state: 's-1',
    ...more,
  }
  return `${shopify.url}/${OUTLET}/admin/oauth/authorize?${new URLSearchParams(query)}`
}

async function pressInstall(): Promise<URL> {
  const answer = await fetch(authorizeUrl(), { method: 'POST', redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '')
}

async function expiring(): Promise<Tokens> {
  const back = await pressInstall()
  return tokens({ code: back.searchParams.get('code') ?? '', expiring: '1' }, OUTLET)
}

function signatureOf(query: URLSearchParams): string {
  const signed = [...query].filter(([name]) => name !== 'hmac').sort(([a], [b]) => (a < b ? -1 : 1))
  const message = signed.map(([name, value]) => `${name}=${value}`).join('&')
  return createHmac('sha256', CLIENT.secret).update(message).digest('hex')
}
