import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { policyOf } from '../../../workbench/emulators/shopify/resources/policies.ts'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { askToken, CLIENT, FERN, start, tokenFor } from './start.ts'

let shopify: Shopify
beforeEach(async () => {
  shopify = await start()
  await tokenFor(shopify)
})
afterEach(() => shopify.close())

const at = (path: string) => `${shopify.url}/${FERN}/admin/ledger/${path}`
const page = async () => (await fetch(at('shop'))).text()
const act = (name: string, fields: Record<string, string> = {}, headers = {}) =>
  fetch(at(`acts/${name}`), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })

test('an app that its owner removed can be put back on the page, and then gets its token again', async () => {
  await act('uninstall')
  const form = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret }
  expect((await askToken(shopify, form)).status).toBe(400)
  expect(await page()).toContain('Install the app again')
  const said = (await act('install', { app: CLIENT.id })).headers.get('location')
  expect(said).toContain('The+app+is+in+the+shop+again.')
  expect((await askToken(shopify, form)).status).toBe(200)
  expect(await page()).not.toContain('Install the app again')
})

test("a page of somebody else cannot play the shop's owner", async () => {
  const foreign = await act('uninstall', {}, { origin: 'https://elsewhere.example' })
  expect(foreign.status).toBe(403)
  expect(shopify.shop(FERN).state.installations.has(CLIENT.id)).toBe(true)
})

test('the owner says where the shop sends and which gift cards it has', async () => {
  await act('ships-to', { countries: 'gb, ie' })
  await act('gift-card-limit', { amount: '50.00' })
  await act('gift-cards', { has: 'no' })
  expect(policyOf(shopify.shop(FERN))).toMatchObject({ shipsTo: ['GB', 'IE'], giftCardLimit: 5_000, giftCards: false })
  expect(await page()).toContain('A plan with gift cards')
  expect((await act('ships-to', { countries: 'England' })).headers.get('location')).toContain('refused')
})
