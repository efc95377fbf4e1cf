import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { CLIENT, FERN, graphql, post, start, tokenFor, travelling } from './start.ts'

let shopify: Shopify
let token: string
const clock = travelling()

beforeEach(async () => {
  shopify = await start({ clock })
  token = await tokenFor(shopify)
})
afterEach(() => shopify.close())

const ask = (query: string, variables?: Record<string, unknown>) => graphql(shopify, query, variables, { token })

test('a shop tells its name, versions and the scopes it granted', async () => {
  const { data } = await ask(`{
    shop { name myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName shopifyPlus } }
    publicApiVersions { handle supported }
    currentAppInstallation { accessScopes { handle } }
  }`)
  expect(data).toMatchObject({
    shop: { name: 'Fern', myshopifyDomain: FERN, currencyCode: 'EUR', plan: { publicDisplayName: 'Basic' } },
    publicApiVersions: expect.arrayContaining([{ handle: '2026-10', supported: true }]),
    currentAppInstallation: { accessScopes: expect.arrayContaining([{ handle: 'read_orders' }]) },
  })
})

test('an ended version falls forward to the oldest there is, one that never was is not found', async () => {
  const version = async (asked: string) => {
    const response = await post(shopify, '{ shop { id } }', {}, { token, version: asked })
    return [response.status, response.headers.get('x-shopify-api-version')]
  }
  expect(await version('2026-10')).toEqual([200, '2026-10'])
  expect(await version('2024-01')).toEqual([200, '2026-01'])
  expect(await version('2031-01')).toEqual([404, null])
})

test('a field that is not there is named, with its type', async () => {
  expect(await ask('query Card { order(id: "gid://shopify/Order/1") { id nope } }')).toEqual({
    errors: [
      {
        message: "Field 'nope' doesn't exist on type 'Order'",
        locations: [{ line: 1, column: 54 }],
        path: ['query Card', 'order', 'nope'],
        extensions: { code: 'undefinedField', typeName: 'Order', fieldName: 'nope' },
      },
    ],
  })
})

test('a field that vanished from the schema is refused like one that never was', async () => {
  shopify.settings.vanish('Shop.ianaTimezone')
  const { errors } = await ask('{ shop { ianaTimezone } }')
  expect(errors?.[0]).toMatchObject({ message: "Field 'ianaTimezone' doesn't exist on type 'Shop'" })
  shopify.settings.vanish()
  expect((await ask('{ shop { ianaTimezone } }')).errors).toBeUndefined()
})

test('what the emulator does not do is said, never answered with nothing', async () => {
  const { errors } = await ask('{ shop { taxesIncluded } }')
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('Shop.taxesIncluded'),
    extensions: { code: 'EMULATOR_MISSING' },
  })
})

test('a variable that does not fit its type is told with the place in it', async () => {
  const query = 'mutation T($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }'
  expect((await ask(query, { id: '1001', tags: [] })).errors?.[0]).toMatchObject({
    message: 'Variable $id of type ID! was provided invalid value',
    extensions: { code: 'INVALID_VARIABLE', value: '1001', problems: [{ explanation: "Invalid global id '1001'" }] },
  })
  expect((await ask(query, { id: 'gid://shopify/Order/1', tags: [null] })).errors?.[0]).toMatchObject({
    message: expect.stringContaining('for 0 (Expected value to not be null)'),
  })
  const card = 'mutation G($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCardCode } }'
  const amount = (value: string) => ({ input: { initialAmount: { amount: value, currencyCode: 'EUR' } } })
  expect((await ask(card, amount('ten'))).errors?.[0]).toMatchObject({
    message: expect.stringContaining('initialAmount.amount'),
  })
})

test('a body that is no call is a bad request', async () => {
  const status = async (body: string) => {
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token }
    return (await fetch(`${shopify.url}/${FERN}/admin/api/2026-10/graphql.json`, { method: 'POST', headers, body }))
      .status
  }
  const bodies = ['{', '[]', '{"query":"{ shop { id } }","variables":"x"}']
  expect(await Promise.all(bodies.map(status))).toEqual([400, 400, 400])
  expect(await status('{"query":"{ shop { id } }","variables":null}')).toBe(200)
})

test('an id of another kind is refused', async () => {
  const { data, errors } = await ask('{ order(id: "gid://shopify/Product/1") { id } }')
  expect([data, errors?.[0]?.message]).toEqual([{ order: null }, 'invalid id'])
})

test('of an input of which one field must be given, two are refused', async () => {
  const query = 'query C($by: CustomerIdentifierInput!) { customerByIdentifier(identifier: $by) { id } }'
  const { errors } = await ask(query, { by: { emailAddress: 'a@b.example', phoneNumber: '+491' } })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_VARIABLE' })
})

test('a list without first or last is refused', async () => {
  expect((await ask('{ orders { nodes { id } } }')).errors?.[0]?.message).toBe('you must provide one of first or last')
})

test.each([
  ['2030-01-02T03:04:05Z', true],
  ['2030-01-02T03:04:05.678+02:00', true],
  ['2030-01-02', true],
  ['2030-02-31T00:00:00Z', false],
  ['2030-01-02T03:04Z', false],
  ['2030-01-02 03:04:05', false],
  ['tomorrow', false],
])('%s is a moment: %s', async (expiresAt, taken) => {
  const credit = `mutation S($at: DateTime) { storeCreditAccountCredit(id: "gid://shopify/Customer/1",
    creditInput: { creditAmount: { amount: "1", currencyCode: EUR }, expiresAt: $at }) { userErrors { code } } }`
  const { data, errors } = await ask(credit, { at: expiresAt })
  expect([data !== undefined, errors?.[0]?.extensions?.['code']]).toEqual([
    taken,
    taken ? undefined : 'INVALID_VARIABLE',
  ])
})

test('a list is asked for from one end, not from both', async () => {
  const { errors } = await ask('{ customers(first: 1, last: 1) { nodes { id } } }')
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_REQUEST')
})

test('a kind of thing that the emulator cannot find by id is said, never answered with nothing', async () => {
  const node = (id: string) => ask('query N($id: ID!) { node(id: $id) { id } }', { id })
  expect((await node('gid://shopify/LineItem/1')).errors?.[0]).toMatchObject({
    message: expect.stringContaining('LineItem'),
    extensions: { code: 'EMULATOR_MISSING' },
  })
  expect(await node('gid://shopify/Order/1')).toMatchObject({ data: { node: null } })
})

test('what an input asks for and the emulator does not follow is said, never dropped', async () => {
  const draft = 'mutation D($input: DraftOrderInput!) { draftOrderCreate(input: $input) { draftOrder { id } } }'
  const reserved = { lineItems: [], reserveInventoryUntil: '2030-01-01T00:00:00Z' }
  expect((await ask(draft, { input: reserved })).errors?.[0]).toMatchObject({
    message: expect.stringContaining('DraftOrderInput.reserveInventoryUntil'),
    extensions: { code: 'EMULATOR_MISSING' },
  })
  expect((await ask(draft, { input: { lineItems: [], acceptAutomaticDiscounts: false } })).errors).toBeUndefined()
})

test('a list of more than 250 is too long for one call', async () => {
  const nodes = (count: number) =>
    ask('query N($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: count }, (_, n) => `gid://shopify/Order/${n}`),
    })
  expect((await nodes(250)).errors).toBeUndefined()
  expect((await nodes(251)).errors?.[0]).toMatchObject({
    message: 'The input array size of 251 is greater than the maximum allowed of 250.',
    extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
  })
})

test('a call that needs a scope the app does not hold is denied, with what it needs', async () => {
  const narrow = shopify.apps.accessToken(FERN, CLIENT.id, ['read_products'])
  const { data, errors } = await graphql(shopify, '{ orders(first: 1) { nodes { id } } }', {}, { token: narrow })
  expect(data).toBeNull()
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(/^Access denied for orders field\. Required access: `read_orders` access scope/),
    path: ['orders'],
    extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes' },
  })
})

test('what a call may change depends on what it is about', async () => {
  const narrow = { token: shopify.apps.accessToken(FERN, CLIENT.id, ['write_customers']) }
  const tag = 'mutation T($id: ID!) { tagsAdd(id: $id, tags: ["vip"]) { userErrors { message } } }'
  const denials = async (query: string, variables = {}) =>
    (await graphql(shopify, query, variables, narrow)).errors?.map(({ extensions }) => extensions?.['code'])
  expect(await denials(tag, { id: 'gid://shopify/Order/1' })).toEqual(['ACCESS_DENIED'])
  expect(await denials(tag, { id: 'gid://shopify/Customer/1' })).not.toEqual(['ACCESS_DENIED'])
  const hear = (topic: string) =>
    `mutation { webhookSubscriptionCreate(topic: ${topic}, webhookSubscription: { uri: "http://127.0.0.1:9/" }) { userErrors { message } } }`
  const refused = async (topic: string) =>
    (await graphql(shopify, hear(topic), {}, narrow)).data?.['webhookSubscriptionCreate']
  expect(await refused('ORDERS_CREATE')).toEqual({
    userErrors: [{ message: 'You cannot create a webhook subscription with the specified topic' }],
  })
  expect(await refused('CUSTOMERS_MERGE')).toMatchObject({ userErrors: [{}] })
  expect(await refused('CUSTOMERS_UPDATE')).toEqual({ userErrors: [] })
  const define = `mutation { metafieldDefinitionCreate(definition: { name: "A", namespace: "desk", key: "claim", ownerType: ORDER, type: "id" }) { userErrors { message } } }`
  expect(await denials(define)).toEqual(['ACCESS_DENIED'])
  const forget = `mutation { metafieldsDelete(metafields: [{ ownerId: "gid://shopify/Order/1", namespace: "desk", key: "claim" }]) { userErrors { message } } }`
  expect(await denials(forget)).toEqual(['ACCESS_DENIED'])
})

test("a merchant's session makes no order: that is for the app's own token", async () => {
  const online = { token: shopify.apps.accessToken(FERN, CLIENT.id, ['write_orders'], { online: true }) }
  const create = 'mutation { orderCreate(order: { lineItems: [] }) { order { id } } }'
  expect((await graphql(shopify, create, {}, online)).errors?.[0]).toMatchObject({
    message: 'Access denied for orderCreate field. Required access: an offline token.',
  })
})

test('every answer tells what it cost and what is left, and the rest comes back with time', async () => {
  shopify.settings.setBucket(20, 1)
  const { extensions } = await ask('{ orders(first: 10) { nodes { id } } }')
  expect(extensions?.['cost']).toEqual({
    requestedQueryCost: 6,
    actualQueryCost: 2,
    throttleStatus: { maximumAvailable: 20, currentlyAvailable: 18, restoreRate: 1 },
  })
  shopify.settings.drain(FERN, CLIENT.id)
  const refused = await ask('{ orders(first: 10) { nodes { id } } }')
  expect(refused).toMatchObject({
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: { cost: { requestedQueryCost: 6, actualQueryCost: null } },
  })
  clock.travel(7_000)
  expect((await ask('{ orders(first: 10) { nodes { id } } }')).errors).toBeUndefined()
})

test('a call that asks for more than 1000 points is refused whatever is left', async () => {
  const lines =
    'lineItems(first: 250) { nodes { id variant { id product { id } } discountedTotalSet { shopMoney { amount } } } }'
  const { errors } = await ask(`{ orders(first: 250) { nodes { ${lines} again: ${lines} } } }`)
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', maxCost: 1000 })
})

test('a shop that is frozen, under review or gone answers nothing else', async () => {
  const statusWhile = async (status: 'frozen' | 'locked' | 'gone' | 'open') => {
    shopify.settings.setStatus(FERN, status)
    return (await post(shopify, '{ shop { id } }', {}, { token })).status
  }
  expect([await statusWhile('frozen'), await statusWhile('locked'), await statusWhile('gone')]).toEqual([402, 423, 404])
  expect(await statusWhile('open')).toBe(200)
})

test('a token that is unknown, revoked or of another shop is refused', async () => {
  const status = async (asking: { token: string; shop?: string }) =>
    (await post(shopify, '{ shop { id } }', {}, asking)).status
  expect(await status({ token: 'shpat_none' })).toBe(401)
  expect(await status({ token, shop: 'fern-outlet.myshopify.com' })).toBe(401)
  shopify.apps.revokeTokens(FERN, CLIENT.id)
  expect(await status({ token })).toBe(401)
})

test('a clock that is wrong shows in what the shop writes', async () => {
  shopify.settings.setSkew(3_600_000)
  const ahead = shopify.shop(FERN).now().getTime() - clock.now().getTime()
  expect(Math.round(ahead / 60_000)).toBe(60)
})
