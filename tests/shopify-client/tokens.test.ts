import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createShopify, type ShopifyTokens, verifyRedirect } from '../../backend/clients/shopify/index.ts'
import { createMetrics } from '../../backend/platform/metrics.ts'
import type { Shopify } from '../../workbench/emulators/shopify/shopify.ts'
import { until } from '../support/until.ts'
import { CLIENT, FERN, OUTLET, SCOPES, seed, start, travelling } from '../workbench/shopify/start.ts'

const REDIRECT = 'https://desk.example/v1/shopify/callback'
const apps = seed.apps.map((app) => ({ ...app, redirectUris: [REDIRECT] }))
const app = { domain: OUTLET, clientId: CLIENT.id, clientSecret: CLIENT.secret }

let shopify: Shopify
let tokens: ShopifyTokens
let clock: ReturnType<typeof travelling>
beforeEach(async () => {
  clock = travelling()
  shopify = await start({ clock, seed: { ...seed, apps } })
  tokens = createShopify({ url: shopify.url, clock, metrics: createMetrics({ runtime: false }) }).tokens
})
afterEach(() => shopify.close())

const failureOf = (work: Promise<unknown>) => work.catch((reason: unknown) => reason)
const hour = 3_600_000
const left = (end: Date | null) => (end ? end.getTime() - clock.now().getTime() : null)

test('an own shop gives a token for a day, by our clock whatever the time is there', async () => {
  shopify.settings.setSkew(-5 * hour)
  const token = await tokens.clientCredentials({ ...app, domain: FERN })
  expect(token).toMatchObject({ refreshToken: null, refreshEndsAt: null, scopes: SCOPES })
  expect(left(token.endsAt)).toBeGreaterThan(23.9 * hour)
  expect(left(token.endsAt)).toBeLessThanOrEqual(24 * hour)
})

test.each([
  ['an unknown client', { ...app, clientId: 'nobody' }, 'unknown_client'],
  ['a wrong secret', { ...app, domain: FERN, clientSecret: 'wrong' }, 'unknown_client'],
  ['a shop of another organisation', app, 'other_organisation'],
  ['a shop that is not there', { ...app, domain: 'nowhere.myshopify.com' }, 'unknown_shop'],
  ['what is no address of a shop', { ...app, domain: 'evil.example/fern.myshopify.com' }, 'unknown_shop'],
])('%s is refused in words that say what to do', async (_name, given, problem) => {
  expect(await failureOf(tokens.clientCredentials(given))).toMatchObject({ name: 'ShopifyAccessLost', problem })
})

test.each(['hang', 'drop-before', '503', '429'] as const)(
  'a sign-in that meets %s is unavailable, after one call',
  async (kind) => {
    shopify.faults.add({ operation: 'oauth.token', kind })
    const metrics = createMetrics({ runtime: false })
    const short = createShopify({
      url: shopify.url,
      clock,
      metrics,
      timeoutMs: kind === 'hang' ? 1_500 : 30_000,
    }).tokens
    const failure = await failureOf(short.clientCredentials({ ...app, domain: FERN }))
    expect(failure).toMatchObject({ code: 'shopify_unavailable' })
    await until('Shopify to have taken the call', () => shopify.faults.met('oauth.token').length > 0)
    expect(shopify.faults.met('oauth.token')).toHaveLength(1)
  },
)

/** A merchant installs the app: the page, its button, the redirect back to us. */
async function installed(): Promise<URLSearchParams> {
  const address = tokens.authorizeUrl({
    domain: OUTLET,
    clientId: CLIENT.id,
    scopes: ['read_orders', 'read_customers'],
    redirectUri: REDIRECT,
    state: 'nonce-1',
  })
  expect(await (await fetch(address)).text()).toContain('read_customers')
  const answer = await fetch(address, { method: 'POST', redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '').searchParams
}

test('an installation ends in an expiring token that is renewed by its refresh token', async () => {
  const query = Object.fromEntries(await installed())
  expect(query).toMatchObject({ shop: OUTLET, state: 'nonce-1' })
  expect(verifyRedirect(query, CLIENT.secret)).toBe(true)
  expect(verifyRedirect({ ...query, shop: FERN }, CLIENT.secret)).toBe(false)

  const code = query['code'] ?? ''
  const first = await tokens.exchangeCode({ ...app, code })
  expect(first).toMatchObject({ refreshToken: expect.any(String), scopes: ['read_orders', 'read_customers'] })
  expect(left(first.endsAt)).toBeLessThanOrEqual(hour)
  expect(left(first.refreshEndsAt)).toBeGreaterThan(24 * hour)
  expect(await failureOf(tokens.exchangeCode({ ...app, code }))).toMatchObject({ problem: 'token_revoked' })

  const second = await tokens.refresh({ ...app, refreshToken: first.refreshToken ?? '' })
  expect(second.token).not.toBe(first.token)
  await tokens.refresh({ ...app, refreshToken: second.refreshToken ?? '' })
  expect(await failureOf(tokens.refresh({ ...app, refreshToken: first.refreshToken ?? '' }))).toMatchObject({
    problem: 'token_revoked',
  })
})
