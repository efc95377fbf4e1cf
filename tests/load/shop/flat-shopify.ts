import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { numberOf, orderId, type WireOrder, wireOrder } from './wire-order.ts'

/**
 * A Shopify that does nothing but answer, in a process of its own: one shop whose orders are made from their numbers, one bulk file, and
 * the rate limit of a Standard shop, so that a reader can be held against it.
 * Arguments: how many orders there are, how many customers the world has (its newest bought the newest five), what an order costs in
 * points, and the permissions of the app.
 */
const COUNT = Number(process.argv[2])
const CUSTOMERS = Number(process.argv[3])
const PER_CUSTOMER = 5

const emailOf = (number: number) => `customer${Math.max(1, CUSTOMERS - Math.floor(number / PER_CUSTOMER))}@example.com`

/** Orders that were changed since the start, and when. */
const changed = new Map<number, string>()

function orderOf(number: number): WireOrder {
  const { order, lines } = wireOrder(number, emailOf(number))
  return { order: { ...order, updatedAt: changed.get(number) ?? order['updatedAt'] }, lines }
}

const LIMIT = { maximumAvailable: 2_000, restoreRate: 100 }
let available = LIMIT.maximumAvailable
let at = performance.now()
let spent = 0

/** @returns null when the bucket is too empty for it */
function pay(points: number) {
  const now = performance.now()
  available = Math.min(LIMIT.maximumAvailable, available + ((now - at) / 1_000) * LIMIT.restoreRate)
  at = now
  const fits = points <= available
  if (fits) {
    available -= points
    spent += points
  }
  const throttleStatus = { ...LIMIT, currentlyAvailable: Math.floor(available) }
  return { fits, cost: { requestedQueryCost: points, actualQueryCost: fits ? points : null, throttleStatus } }
}

const PER_ORDER = Number(process.argv[4])

const BULK = {
  id: 'gid://shopify/BulkOperation/1',
  status: 'COMPLETED',
  errorCode: null,
  createdAt: '2026-11-20T12:00:00Z',
  completedAt: '2026-11-20T12:30:00Z',
  objectCount: String(COUNT * 4),
  rootObjectCount: String(COUNT),
  fileSize: String(COUNT * 4_000),
  partialDataUrl: null,
}

type Asked = { query: string; variables?: { ids?: string[] } }

const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
const list = <T>(nodes: T[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })

const ANSWERS: Record<string, (asked: Asked, base: string) => unknown> = {
  About: () => ({
    shop: {
      id: 'gid://shopify/Shop/1',
      name: 'Bench',
      myshopifyDomain: 'bench.myshopify.com',
      currencyCode: 'GBP',
      ianaTimezone: 'Europe/London',
      orderNumberFormatPrefix: 'BN-',
      orderNumberFormatSuffix: '',
      plan: { publicDisplayName: 'Basic', shopifyPlus: false, partnerDevelopment: false },
    },
    currentAppInstallation: { accessScopes: (process.argv[5] ?? '').split(',').map((handle) => ({ handle })) },
    publicApiVersions: [{ handle: '2026-10', supported: true }],
  }),
  WebhookSubscriptions: () => ({ webhookSubscriptions: none }),
  WebhookSubscribe: () => ({
    webhookSubscriptionCreate: {
      webhookSubscription: {
        id: 'gid://shopify/WebhookSubscription/1',
        topic: 'ORDERS_UPDATED',
        uri: 'https://desk.example',
        createdAt: BULK.createdAt,
      },
      userErrors: [],
    },
  }),
  GiftCards: () => ({ giftCards: none }),
  Orders: () => ({ orders: list([wholeOrder(orderId(0))]) }),
  OrdersChangedSince: () => ({
    orders: list([...changed].map(([number, updatedAt]) => ({ id: orderId(number), updatedAt }))),
  }),
  BulkStart: () => ({
    bulkOperationRunQuery: { bulkOperation: { ...BULK, status: 'CREATED', url: null }, userErrors: [] },
  }),
  BulkState: (_, base) => ({ bulkOperation: { ...BULK, url: `${base}/bulk.jsonl` } }),
  OrdersById: ({ variables }) => ({ nodes: (variables?.ids ?? []).map(wholeOrder) }),
}

function wholeOrder(gid: string) {
  const { order, lines } = orderOf(numberOf(gid))
  const refunds = (order['refunds'] as object[]).map((refund) => ({ ...refund, refundLineItems: none }))
  return { __typename: 'Order', ...order, refunds, lineItems: list(lines), fulfillmentOrders: none }
}

const server = createServer((request, response) => {
  if (request.url?.endsWith('/bulk.jsonl')) return void writeFile(response)
  if (request.url?.endsWith('/_spent')) return void answer(response, { spent })
  if (request.url?.startsWith('/_change/'))
    return void answer(response, { updatedAt: change(Number(request.url.slice(9))) })
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on(
    'end',
    () => void (request.url?.endsWith('/access_token') ? grant(response) : ask(request, response, body)),
  )
})

/** Changes an order, and tells nobody. */
function change(number: number): string {
  const updatedAt = new Date().toISOString()
  changed.set(number, updatedAt)
  return updatedAt
}

const grant = (response: ServerResponse) =>
  answer(response, { access_token: 'flat', scope: process.argv[5] ?? '', expires_in: 86_399 })

function ask(request: IncomingMessage, response: ServerResponse, body: string): void {
  const asked = JSON.parse(body) as Asked
  const name = /^\s*(?:query|mutation) (\w+)/.exec(asked.query)?.[1] ?? ''
  const points = name === 'OrdersById' ? (asked.variables?.ids?.length ?? 0) * PER_ORDER : 10
  const { fits, cost } = pay(points)
  const data = fits && ANSWERS[name]?.(asked, `http://${request.headers.host}`)
  const error = fits
    ? { message: `This shop has no answer to ${name}` }
    : { message: 'Throttled', extensions: { code: 'THROTTLED' } }
  answer(response, { ...(data ? { data } : { errors: [error] }), extensions: { cost } })
}

function answer(response: ServerResponse, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value))
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-shopify-api-version': '2026-10',
    'content-length': bytes.length,
  })
  response.end(bytes)
}

/** Children follow their order, as Shopify groups them. */
async function writeFile(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/jsonl' })
  for (let number = 0; number < COUNT; number++) {
    const { order, lines } = orderOf(number)
    const all = [order, ...lines.map((line) => ({ ...line, __parentId: orderId(number) }))]
    const room = response.write(`${all.map((one) => JSON.stringify(one)).join('\n')}\n`)
    if (!room) await new Promise((resolve) => response.once('drain', resolve))
  }
  response.end()
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`))
