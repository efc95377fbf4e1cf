import '@shopify/shopify-api/adapters/node'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ApiVersion, GraphqlQueryError, HttpResponseError, Session, shopifyApi } from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { CLIENT, FERN, SCOPES, start, tokenFor } from './start.ts'

/** Shopify's own client library, led to the emulator: it says https and the shop's real host. */
const calls: string[] = []
setAbstractFetchFunc((url, init) => {
  const { host, pathname, search } = new URL(String(url))
  calls.push(host)
  return fetch(`${shopify.url}/${host}${pathname}${search}`, init as RequestInit) as never
})

const library = shopifyApi({
  apiKey: CLIENT.id,
  apiSecretKey: CLIENT.secret,
  scopes: SCOPES,
  hostName: 'desk.example',
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: false,
  logger: { log: () => undefined },
})

let shopify: Shopify
beforeEach(async () => {
  shopify = await start()
})
afterEach(() => shopify.close())

async function client() {
  const session = new Session({
    id: 'desk',
    shop: FERN,
    state: '',
    isOnline: false,
    accessToken: await tokenFor(shopify),
  })
  return new library.clients.Graphql({ session })
}

test("Shopify's own library asks for a token by client credentials", async () => {
  const { session } = await library.auth.clientCredentials({ shop: FERN })
  expect(session.accessToken).toMatch(/^shpat_/)
  expect(session.scope?.split(',').sort()).toEqual([...SCOPES].sort())
})

test("Shopify's own library reads data and cost", async () => {
  const answer = await (await client()).request('{ shop { name } }')
  expect(answer).toMatchObject({ data: { shop: { name: 'Fern' } }, extensions: { cost: { requestedQueryCost: 1 } } })
  expect(new Set(calls)).toEqual(new Set([FERN]))
})

test("any top-level error becomes the library's query error, with the data beside it", async () => {
  shopify.faults.add({ operation: 'shop', kind: 'partial' })
  const error = await (await client()).request('{ shop { name } }').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GraphqlQueryError)
  expect((error as GraphqlQueryError).body).toMatchObject({ data: { shop: { name: 'Fern' } } })
})

test('the library tries a failing call once when it is not told to retry', async () => {
  shopify.faults.add({ operation: 'shop', kind: '503', times: 5 })
  const error = await (await client()).request('{ shop { name } }').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HttpResponseError)
  expect(shopify.faults.met('shop')).toHaveLength(1)
})
