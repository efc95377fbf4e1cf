import { afterEach, expect, test } from '@jest/globals'
import {
  ShopifyAccessLost,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from '../../backend/clients/shopify/index.ts'
import type { FaultKind } from '../../workbench/emulators/shopify/faults.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { until } from '../support/until.ts'
import { usual } from '../workbench/shopify/shop-with-goods.ts'
import { CLIENT, FERN } from '../workbench/shopify/start.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

const HOOKS = 'https://desk.example/v1/shopify/webhooks'
const failureOf = (work: Promise<unknown>) => work.catch((reason: unknown) => reason)
const subscriptions = () => open.shop.tables.subscriptions.size

/** What each fault of Shopify means for a question, and whether a change was made without our knowing. */
const faults: [FaultKind, new (...given: never[]) => Error, object, number][] = [
  ['drop-before', ShopifyUnavailable, { mayHaveHappened: true }, 0],
  ['drop-after', ShopifyUnavailable, { mayHaveHappened: true }, 1],
  ['hang', ShopifyUnavailable, { mayHaveHappened: true }, 0],
  ['hang-after', ShopifyUnavailable, { mayHaveHappened: true }, 1],
  ['502-before', ShopifyUnavailable, { mayHaveHappened: true }, 0],
  ['502-after', ShopifyUnavailable, { mayHaveHappened: true }, 1],
  ['503', ShopifyUnavailable, { mayHaveHappened: true }, 0],
  ['broken-json', ShopifyUnavailable, { mayHaveHappened: true }, 1],
  ['internal-error', ShopifyUnavailable, { mayHaveHappened: true }, 1],
  ['429', ShopifyThrottled, { mayHaveHappened: false, retryAfter: 2 }, 0],
  ['throttle', ShopifyThrottled, { mayHaveHappened: false }, 0],
  ['token-revoked', ShopifyAccessLost, { problem: 'token_revoked' }, 0],
  ['frozen', ShopifyAccessLost, { problem: 'frozen' }, 0],
]

test.each(faults)('a change that meets %s is tried once and sorted', async (kind, type, fields, made) => {
  open = await connected()
  open.shopify.faults.add({ operation: 'webhookSubscriptionCreate', kind })
  const fern = open.another({ timeoutMs: kind.startsWith('hang') ? 1_500 : 30_000 })
  const failure = await failureOf(fern.subscribe('ORDERS_CREATE', HOOKS, 'money'))
  expect(failure).toBeInstanceOf(type)
  expect(failure).toMatchObject(fields)
  const met = () => open.shopify.faults.met('webhookSubscriptionCreate').length
  await until('Shopify to have taken the call', () => met() > 0 && subscriptions() === made)
  expect(open.shopify.faults.met('webhookSubscriptionCreate')).toHaveLength(1)
  expect(subscriptions()).toBe(made)
})

test.each(faults)('a question that meets %s is tried once and may be asked again', async (kind, type) => {
  open = await connected()
  open.shopify.faults.add({ operation: 'shop', kind })
  const fern = open.another({ timeoutMs: kind.startsWith('hang') ? 1_500 : 30_000 })
  const failure = await failureOf(fern.about('person'))
  expect(failure).toBeInstanceOf(type)
  expect((failure as { mayHaveHappened?: boolean }).mayHaveHappened ?? false).toBe(false)
  await until('Shopify to have taken the call', () => open.shopify.faults.met('shop').length > 0)
  expect(open.shopify.faults.met('shop')).toHaveLength(1)
})

test('a change that is answered with data and an error was made; half an answer to a question is none', async () => {
  open = await connected()
  open.shopify.faults.add({ operation: '*', kind: 'partial', times: 2 })
  expect(await open.fern.subscribe('ORDERS_CREATE', HOOKS, 'background')).toMatchObject({ uri: HOOKS })
  expect(await failureOf(open.fern.about('person'))).toBeInstanceOf(ShopifyAccessLost)
})

test('what Shopify refuses in its own words comes with the field that it is about', async () => {
  open = await connected()
  await open.fern.subscribe('ORDERS_CREATE', HOOKS, 'background')
  expect(await failureOf(open.fern.subscribe('ORDERS_CREATE', HOOKS, 'background'))).toMatchObject({
    name: 'ShopifyRefused',
    userErrors: [
      { field: ['webhookSubscription', expect.any(String)], message: expect.stringMatching(/already been taken/) },
    ],
  })
})

test('a field that vanished is named, and nothing else is asked', async () => {
  open = await connected()
  const { id } = buy(open.shop, usual)
  open.shopify.settings.vanish('Order.sourceIdentifier')
  const failure = await failureOf(open.fern.order(id, 'person'))
  expect(failure).toBeInstanceOf(ShopifySchemaChanged)
  expect(failure).toMatchObject({ what: 'Order.sourceIdentifier', code: 'shopify_refused' })
})

test('a scope that is missing is named', async () => {
  open = await connected()
  const { id } = buy(open.shop, usual)
  open.shopify.apps.changeScopes(FERN, CLIENT.id, ['read_orders'])
  expect(await failureOf(open.fern.order(id, 'person'))).toMatchObject({
    problem: 'scope_missing',
    message: expect.stringMatching(/read_\w+/),
  })
})

test('an app that was removed has no token any more', async () => {
  open = await connected()
  open.shopify.apps.uninstall(FERN, CLIENT.id)
  expect(await failureOf(open.fern.about('person'))).toMatchObject({ problem: 'token_revoked' })
})

test.each([
  ['frozen', 'frozen'],
  ['locked', 'frozen'],
  ['gone', 'unknown_shop'],
] as const)('a shop that is %s is told apart', async (status, problem) => {
  open = await connected()
  open.shopify.settings.setStatus(FERN, status)
  expect(await failureOf(open.fern.about('person'))).toMatchObject({ name: 'ShopifyAccessLost', problem })
})

test('a bucket that others used up holds our own work without a call, then a person, and money last', async () => {
  open = await connected({ bucketSize: 1_000, restoreRate: 1 })
  open.shopify.settings.drain(FERN, CLIENT.id)
  const since = open.clock.now()
  const sweep = () => failureOf(open.fern.changedSince({ since, lane: 'background' }))
  const refused = await sweep()
  expect(refused).toBeInstanceOf(ShopifyThrottled)
  const calls = open.shopify.faults.met().length
  expect(await sweep()).toMatchObject({ name: 'ShopifyThrottled', retryAfter: expect.any(Number) })
  expect(open.shopify.faults.met()).toHaveLength(calls)

  open.clock.travel(150_000)
  expect(await sweep()).toBeInstanceOf(ShopifyThrottled)
  expect(await open.fern.changedSince({ since, lane: 'person' })).toMatchObject({ items: [] })
  open.clock.travel(200_000)
  expect(await sweep()).toMatchObject({ items: [] })
})

test('what several processes read in the background leaves room for a money act, in a process that knows of nothing', async () => {
  open = await connected({ bucketSize: 1_000, restoreRate: 1 })
  const { id } = buy(open.shop, usual)
  const workers = [open.another(), open.another(), open.another()]
  const read = (worker: (typeof workers)[number]) => failureOf(worker.order(id, 'background'))
  let resting = 0
  while (resting < workers.length) {
    const answers = await Promise.all(workers.map(read))
    resting = answers.filter((answer) => answer instanceof ShopifyThrottled).length
  }
  expect(await open.another().order(id, 'money')).toMatchObject({ id })
})

test('throttled for minutes: the waiting that is told is enough', async () => {
  open = await connected({ bucketSize: 500, restoreRate: 1 })
  const { id } = buy(open.shop, usual)
  await open.fern.order(id, 'background')
  open.shopify.settings.drain(FERN, CLIENT.id)
  await failureOf(open.fern.order(id, 'background'))
  const failure = await failureOf(open.fern.order(id, 'background'))
  expect(failure).toMatchObject({ name: 'ShopifyThrottled' })
  const seconds = (failure as ShopifyThrottled).retryAfter
  expect(seconds).toBeGreaterThan(120)
  open.clock.travel(seconds * 1_000)
  expect(await open.fern.order(id, 'background')).toMatchObject({ id })
})

test('a Shopify whose clock is an hour ahead gives its own times, and tokens end by ours', async () => {
  open = await connected()
  open.shopify.settings.setSkew(3_600_000)
  const before = open.clock.now().getTime()
  const { id } = buy(open.shop, usual)
  const order = await open.fern.order(id, 'person')
  expect(order && order.processedAt.getTime() - before).toBeGreaterThan(3_500_000)
  const { items } = await open.fern.changedSince({ since: new Date(before), lane: 'background' })
  expect(items).toMatchObject([{ id }])
})
