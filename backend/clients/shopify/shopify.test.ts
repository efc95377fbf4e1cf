import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mock } from 'node:test'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { travellingClock } from '../../platform/clock.ts'
import { createMetrics } from '../../platform/metrics.ts'
import {
  createShopify,
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from './index.ts'

type Answer = { status: number; body: unknown; headers?: Record<string, string> }

/** Shopify as far as these tests need it: answers what it is told, keeps what it was asked. */
const asked: { path: string; body: string; token: string | undefined }[] = []
let answers: Answer[]
const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const token = request.headers['x-shopify-access-token']
  asked.push({ path: request.url ?? '', body, token: token as string | undefined })
  const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: {} }
  response
    .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    .end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  asked.length = 0
})

const clock = travellingClock()
const metrics = createMetrics({ runtime: false })
const connect = (token: (refused?: string) => Promise<string> = async () => 'one', base = url) =>
  createShopify({ url: base, clock, metrics, timeoutMs: 5_000 }).shop({
    shopId: '0199',
    domain: 'fern.myshopify.com',
    token,
  })
const faulty = (extensions: object, data: unknown = null, message = 'no') => ({
  status: 200,
  body: { data, errors: [{ message, extensions }] },
})
const failureOf = (work: Promise<unknown>) => work.catch((reason: unknown) => reason)
const subscribe = () => connect().subscribe('ORDERS_CREATE', 'https://desk.example/hooks', 'background')
const subscription = {
  id: 'gid://shopify/WebhookSubscription/1',
  topic: 'ORDERS_CREATE',
  uri: 'https://desk.example/hooks',
  createdAt: '2026-11-21T10:00:00Z',
}

test('an answer of 503 is tried once, and says when to come back', async () => {
  answers = [{ status: 503, body: { errors: 'no' }, headers: { 'retry-after': '7' } }]
  const failure = await failureOf(connect().about('person'))
  expect(failure).toBeInstanceOf(ShopifyUnavailable)
  expect(failure).toMatchObject({ code: 'shopify_unavailable', retryAfter: 7, mayHaveHappened: false })
  expect(asked).toHaveLength(1)
})

test('a broken connection is tried once, and leaves the end of a change open', async () => {
  const gone = connect(async () => 'one', 'http://127.0.0.1:9')
  expect(await failureOf(gone.subscribe('ORDERS_CREATE', 'https://desk.example', 'money'))).toMatchObject({
    code: 'shopify_unavailable',
    mayHaveHappened: true,
  })
  expect(await failureOf(gone.about('person'))).toMatchObject({ mayHaveHappened: false })
})

test('an answer that stops in the middle is given up in time, by calls and by the sign-in', async () => {
  const stalling = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":')
  })
  await new Promise<void>((resolve) => stalling.listen(0, '127.0.0.1', resolve))
  try {
    const base = `http://127.0.0.1:${(stalling.address() as AddressInfo).port}`
    const { shop, tokens } = createShopify({ url: base, clock, metrics, timeoutMs: 200 })
    const fern = shop({ shopId: '1', domain: 'fern.myshopify.com', token: async () => 'one' })
    expect(await failureOf(fern.subscribe('ORDERS_CREATE', 'https://desk.example', 'money'))).toMatchObject({
      code: 'shopify_unavailable',
      mayHaveHappened: true,
    })
    const app = { domain: 'fern.myshopify.com', clientId: 'id', clientSecret: 'secret' }
    expect(await failureOf(tokens.clientCredentials(app))).toMatchObject({ code: 'shopify_unavailable' })
  } finally {
    stalling.closeAllConnections()
    stalling.close()
  }
})

test.each<[string, Answer, new (...given: never[]) => Error, object]>([
  [
    'too many requests',
    { status: 429, body: {}, headers: { 'retry-after': '2.0' } },
    ShopifyThrottled,
    { retryAfter: 2 },
  ],
  ['a token it does not know', { status: 401, body: {} }, ShopifyAccessLost, { problem: 'token_revoked' }],
  ['a frozen shop', { status: 402, body: {} }, ShopifyAccessLost, { problem: 'frozen' }],
  ['a locked shop', { status: 423, body: {} }, ShopifyAccessLost, { problem: 'frozen' }],
  [
    'a shop that is closed',
    { status: 403, body: { errors: 'Unavailable Shop' } },
    ShopifyAccessLost,
    { problem: 'frozen' },
  ],
  ['an inactive shop', faulty({ code: 'SHOP_INACTIVE' }), ShopifyAccessLost, { problem: 'frozen' }],
  ['a door that is shut', { status: 403, body: '<html>' }, ShopifyAccessLost, { problem: 'forbidden' }],
  ['a shop that is not there', { status: 404, body: {} }, ShopifyAccessLost, { problem: 'unknown_shop' }],
  ['a bad request', { status: 400, body: {} }, ShopifyRefused, {}],
  [
    'a missing scope',
    faulty({ code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' }),
    ShopifyAccessLost,
    { problem: 'scope_missing', message: expect.stringContaining('read_orders') },
  ],
  [
    'a field that is gone',
    faulty({ code: 'undefinedField', typeName: 'Order', fieldName: 'tags' }),
    ShopifySchemaChanged,
    { what: 'Order.tags' },
  ],
  ['a fault of its own', faulty({ code: 'INTERNAL_SERVER_ERROR' }), ShopifyUnavailable, {}],
  ['half an answer', faulty({ code: 'INTERNAL_SERVER_ERROR' }, { shop: { name: 'Fern' } }), ShopifyUnavailable, {}],
  [
    'anything else',
    faulty({ code: 'BAD_REQUEST' }, null, 'The key is missing.'),
    ShopifyRefused,
    { message: expect.stringContaining('The key is missing.') },
  ],
  ['an answer that is no JSON', { status: 200, body: '<html>' }, ShopifyUnavailable, {}],
  ['a redirect', { status: 302, body: '', headers: { location: 'https://example.com' } }, ShopifyUnavailable, {}],
  [
    'an answer without what we read',
    { status: 200, body: { data: { shop: {} } } },
    ShopifySchemaChanged,
    { what: expect.stringContaining('shop.id') },
  ],
])('%s is sorted, after one call', async (_name, answer, kind, fields) => {
  answers = [answer]
  const failure = await failureOf(connect().about('person'))
  expect(failure).toBeInstanceOf(kind)
  expect(failure).toMatchObject(fields)
  expect(asked).toHaveLength(1)
})

test('THROTTLED says how long the bucket needs', async () => {
  const cost = {
    requestedQueryCost: 400,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 50, restoreRate: 100 },
  }
  answers = [
    {
      status: 200,
      body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } },
    },
  ]
  expect(await failureOf(connect().about('money'))).toMatchObject({ name: 'ShopifyThrottled', retryAfter: 4 })
})

test('a bucket that is nearly used up is left to money, without a call', async () => {
  const cost = {
    requestedQueryCost: 20,
    actualQueryCost: 20,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 300, restoreRate: 1 },
  }
  answers = [
    {
      status: 200,
      body: {
        data: { orders: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
        extensions: { cost },
      },
    },
  ]
  const shop = connect()
  const since = new Date('2026-11-21T10:00:00Z')
  await shop.changedSince({ since, lane: 'background' })
  await expect(shop.changedSince({ since, lane: 'background' })).rejects.toBeInstanceOf(ShopifyThrottled)
  expect(asked).toHaveLength(1)
  await shop.changedSince({ since, lane: 'money' })
  expect(asked).toHaveLength(2)
})

test('a search that Shopify understood by half is refused, so that nobody takes everything for a match', async () => {
  const search = [
    {
      path: ['giftCards'],
      query: 'last_characters:ab12',
      warnings: [{ field: 'last_characters', message: 'Invalid search field for this query.' }],
    },
  ]
  answers = [
    {
      status: 200,
      body: {
        data: { giftCards: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
        extensions: { search },
      },
    },
  ]
  await expect(connect().giftCards({ query: 'last_characters:ab12', lane: 'person' })).rejects.toThrow(
    /last_characters/,
  )
})

test('a change with data and an error is done; user errors are a refusal that names them', async () => {
  const errors = [{ message: 'Access denied for heldByApp field.', extensions: { code: 'ACCESS_DENIED' } }]
  answers = [
    {
      status: 200,
      body: { data: { webhookSubscriptionCreate: { webhookSubscription: subscription, userErrors: [] } }, errors },
    },
  ]
  await expect(subscribe()).resolves.toMatchObject({ topic: 'ORDERS_CREATE' })
  const userErrors = [{ field: ['webhookSubscription', 'uri'], message: 'Address is invalid' }]
  answers = [{ status: 200, body: { data: { webhookSubscriptionCreate: { webhookSubscription: null, userErrors } } } }]
  expect(await failureOf(subscribe())).toMatchObject({
    name: 'ShopifyRefused',
    message: 'Shopify refused: Address is invalid',
    userErrors: [{ field: ['webhookSubscription', 'uri'], message: 'Address is invalid', code: null }],
  })
})

const refusedAs = (error: object): Answer => ({
  status: 200,
  body: { data: { webhookSubscriptionCreate: { webhookSubscription: null, userErrors: [{ field: null, ...error }] } } },
})

test.each<[string, Answer]>([
  ['a gateway error', { status: 502, body: '<html>' }],
  ['broken JSON', { status: 200, body: '{"data":' }],
  ['a fault inside', faulty({ code: 'INTERNAL_SERVER_ERROR' }, { webhookSubscriptionCreate: null })],
  ['a key in use', faulty({}, null, 'This request is currently in progress, please try again.')],
  ['no data at all', { status: 200, body: { data: null } }],
  ['a request that took Shopify too long', { status: 408, body: {} }],
  [
    'a key in use, told as a user error',
    refusedAs({ message: 'This request is currently in progress, please try again.' }),
  ],
  ['a fault inside, told as a user error', refusedAs({ message: 'Something went wrong.', code: 'INTERNAL_ERROR' })],
  [
    'a refusal beside a fault inside',
    {
      status: 200,
      body: {
        data: null,
        errors: [
          { message: 'Access denied.', extensions: { code: 'ACCESS_DENIED' } },
          { message: 'Internal error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
        ],
      },
    },
  ],
  [
    'a refusal of what it made',
    {
      status: 200,
      body: {
        data: { webhookSubscriptionCreate: null },
        errors: [
          {
            message: 'Access denied.',
            path: ['webhookSubscriptionCreate', 'webhookSubscription', 'topic'],
            extensions: { code: 'ACCESS_DENIED' },
          },
        ],
      },
    },
  ],
  [
    'an answer we cannot read',
    { status: 200, body: { data: { webhookSubscriptionCreate: { webhookSubscription: {}, userErrors: [] } } } },
  ],
])('after %s a change may have happened', async (_name, answer) => {
  answers = [answer]
  expect(await failureOf(subscribe())).toMatchObject({ mayHaveHappened: true })
  expect(asked).toHaveLength(1)
})

test('a refused token is renewed once, and the call goes out with the new one', async () => {
  answers = [
    { status: 401, body: {} },
    { status: 200, body: { data: { customerByIdentifier: null } } },
  ]
  const renewing = connect(async (refused) => (refused === 'one' ? 'two' : 'one'))
  await expect(renewing.customer({ emailAddress: 'ada@example.com' }, 'person')).resolves.toBeNull()
  expect(asked.map(({ token }) => token)).toEqual(['one', 'two'])

  asked.length = 0
  answers = [{ status: 401, body: {} }]
  await expect(renewing.about('person')).rejects.toMatchObject({ problem: 'token_revoked' })
  expect(asked).toHaveLength(2)
})

test('calls of two shops at two addresses do not mix, whatever order they end in', async () => {
  answers = [{ status: 200, body: { data: { customerByIdentifier: null } } }]
  const shopify = createShopify({ url, clock, metrics })
  const shops = ['fern', 'rose', 'moss'].map((name) =>
    shopify.shop({ shopId: name, domain: `${name}.myshopify.com`, token: async () => `token of ${name}` }),
  )
  await Promise.all(shops.map((shop) => shop.customer({ phoneNumber: '+491701234567' }, 'person')))
  expect(asked.map(({ path, token }) => [path, token])).toEqual(
    expect.arrayContaining(
      ['fern', 'rose', 'moss'].map((name) => [
        `/${name}.myshopify.com/admin/api/2026-10/graphql.json`,
        `token of ${name}`,
      ]),
    ),
  )
})

test('with the address of an emulator nothing goes to a real host', async () => {
  const called: string[] = []
  const real = globalThis.fetch
  const watching = mock.method(globalThis, 'fetch', (target: RequestInfo | URL, init?: RequestInit) => {
    called.push(new URL(target instanceof Request ? target.url : target).origin)
    return real(target, init)
  })
  try {
    answers = [{ status: 500, body: {} }]
    const { shop, tokens } = createShopify({ url, clock, metrics })
    const fern = shop({ shopId: '1', domain: 'fern.myshopify.com', token: async () => 'one' })
    const app = { domain: 'fern.myshopify.com', clientId: 'id', clientSecret: 'secret' }
    await Promise.allSettled([
      fern.about('person'),
      fern.order('gid://shopify/Order/1', 'money'),
      fern.readBulkOrders('https://storage.googleapis.com/bulk/1.jsonl')[Symbol.asyncIterator]().next(),
      tokens.clientCredentials(app),
      tokens.exchangeCode({ ...app, code: 'c' }),
      tokens.refresh({ ...app, refreshToken: 'r' }),
    ])
    expect(called).toHaveLength(6)
    expect(new Set(called)).toEqual(new Set([url]))
  } finally {
    watching.mock.restore()
  }
})

test('without an emulator a call goes to the shop itself', async () => {
  const called: string[] = []
  const watching = mock.method(globalThis, 'fetch', async (target: RequestInfo | URL) => {
    called.push(String(target))
    throw new TypeError('no network in this test')
  })
  try {
    const { shop, tokens } = createShopify({ url: null, clock, metrics })
    const fern = shop({ shopId: '1', domain: 'fern.myshopify.com', token: async () => 'one' })
    await Promise.allSettled([
      fern.about('person'),
      tokens.clientCredentials({ domain: 'fern.myshopify.com', clientId: 'id', clientSecret: 's' }),
    ])
    expect(called.sort()).toEqual([
      'https://fern.myshopify.com/admin/api/2026-10/graphql.json',
      'https://fern.myshopify.com/admin/oauth/access_token',
    ])
  } finally {
    watching.mock.restore()
  }
})
