import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { CLIENT, FERN, graphql, post, start, tokenFor } from './start.ts'

let shopify: Shopify
let token: string
beforeEach(async () => {
  shopify = await start()
  token = await tokenFor(shopify)
})
afterEach(() => shopify.close())

const SHOP = `shops/${FERN}`
const APP = `${SHOP}/apps/${CLIENT.id}`

const steer = async (path: string, body: unknown = {}, method = 'POST') => {
  const text = method === 'POST' ? { body: JSON.stringify(body) } : {}
  const response = await fetch(`${shopify.url}/_workbench/${path}`, { method, ...text })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}
const status = async (value = token) => (await post(shopify, '{ shop { id } }', {}, { token: value })).status

test('a person with curl lets calls fail and sees which there were', async () => {
  await steer('faults', { operation: 'shop', kind: '503', times: 3 })
  expect(await status()).toBe(503)
  await steer('faults', undefined, 'DELETE')
  expect(await status()).toBe(200)
  const { json } = await steer('calls?operation=shop', undefined, 'GET')
  expect(json).toMatchObject([{ fault: '503' }, { fault: null }])
})

test('a person with curl freezes a shop, takes the app away and expires its tokens', async () => {
  await steer(`${SHOP}/status`, { status: 'frozen' })
  expect(await status()).toBe(402)
  await steer(`${SHOP}/status`, { status: 'open' })
  await steer(`${APP}/expiry`)
  expect(await status()).toBe(401)
  const { json } = await steer(`${APP}/access-token`, { scopes: ['read_orders'] })
  expect(await status(String(json['token']))).toBe(200)
  await steer(`${APP}/uninstallation`)
  expect(await status(String(json['token']))).toBe(401)
  await steer(`${APP}/installation`)
  expect(await status(await tokenFor(shopify))).toBe(200)
})

test('a person with curl narrows the bucket, the schema and the index', async () => {
  await steer('bucket', { size: 50, restoreRate: 5 })
  await steer('vanished', { field: 'Shop.email' })
  await steer(`${SHOP}/index-lag`, { seconds: 30 })
  const { extensions } = await graphql(shopify, '{ shop { name } }', {}, { token })
  expect(extensions?.['cost']).toMatchObject({ throttleStatus: { maximumAvailable: 50, restoreRate: 5 } })
  expect((await graphql(shopify, '{ shop { email } }', {}, { token })).errors).toHaveLength(1)
  expect(shopify.shop(FERN).state.indexLag).toBe(30)
})

test('webhooks are held, lost and counted by curl too', async () => {
  await steer('webhooks/hold')
  await steer('webhooks/losses', { count: 1 })
  await steer('webhooks/release', { reversed: true })
  await steer('settlement')
  const { json } = await steer('webhooks', undefined, 'GET')
  expect(json).toMatchObject({ counts: { waiting: 0 }, deliveries: [] })
  expect((await steer(`${SHOP}/effects`, undefined, 'GET')).json).toEqual({ counts: {}, effects: [] })
})

test('what cannot be understood is refused with the reason', async () => {
  expect(await steer('faults', { operation: 'shop', kind: 'explode' })).toMatchObject({ status: 400 })
  expect(await steer('shops/no.myshopify.com/status', { status: 'frozen' })).toMatchObject({ status: 404 })
})

test('a page of another site must not steer the emulator', async () => {
  const { port } = new URL(shopify.url)
  const answer = (headers: Record<string, string>) =>
    new Promise<number | undefined>((done, failed) => {
      const call = request({ host: '127.0.0.1', port, path: '/_workbench/settlement', method: 'POST', headers })
      call.on('response', (response) => done(response.resume().statusCode)).on('error', failed)
      call.end('{}')
    })
  expect(await answer({ host: 'evil.example' })).toBe(403)
  expect(await answer({ 'sec-fetch-site': 'cross-site' })).toBe(403)
})
