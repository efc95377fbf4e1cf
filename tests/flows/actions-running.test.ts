import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { FaultKind } from '../../workbench/emulators/shopify/faults.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything, firstLine } from '../support/action-plans.ts'
import { APP, FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
})
afterAll(() => desk.stop())
beforeEach(() => {
  desk.shopify.faults.clear()
  actions.counted()
})

/** Everything that can be done for goods that have arrived, in the shop's own books. */
const ALL_DONE = { 'order.made': 1, 'refund.made': 1, 'money.refunded': 1, 'gift-card.made': 1, notice: 1 }

test('nothing leaves while an action can be taken back; then each step is done once, in its order', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  actions.counted()
  await desk.settle()
  expect(actions.counted()).toEqual({})
  expect((await actions.row(actionId)).state).toBe('undoable')
  await actions.leave()
  expect(actions.counted()).toEqual(ALL_DONE)
  const { state, endedAt, steps } = await actions.row(actionId)
  expect([state, endedAt === null]).toEqual(['done', false])
  expect(steps.map(({ kind, state: its }) => `${kind} ${its}`)).toEqual([
    'reship done',
    'refund done',
    'gift_card done',
    'tag done',
  ])
  expect(steps.map(({ source }) => source?.replace(/\d+$/, 'n') ?? null)).toEqual([
    'order/n',
    'refund/n',
    'gift_card/n',
    null,
  ])
})

test('goods that were not sent are held at once; then their money goes back and the order is cancelled, later', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } })
  actions.counted()
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.placed': 1 })
  await desk.travel('61 s')
  await desk.settle()
  expect((await actions.steps(actionId)).cancel).toBe('waiting')
  await actions.pass(1)
  expect(actions.counted()).toEqual({
    'refund.made': 1,
    'money.refunded': 1,
    'order.cancelled': 1,
  })
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'done', refund: 'done', cancel: 'done', tag: 'done' })
  expect((await actions.row(actionId)).state).toBe('done')
})

test('what stays in an order of which one line is cancelled is let go at the end', async () => {
  const order = shop.buy()
  const lines = [{ lineId: firstLine(order), quantity: 1 }]
  const actionId = await actions.begin(order, { cancel: { lines }, refund: { what: 'lines', lines } })
  actions.counted()
  await actions.leave()
  await actions.pass(1)
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'done', refund: 'done', release: 'done' })
  expect(actions.counted()).toMatchObject({ 'hold.placed': 1, 'hold.released': 1, 'refund.made': 1 })
})

test('an action that moves no money does not wait', async () => {
  const order = shop.openCash()
  const actionId = await actions.begin(order, { cancel: { lines: null } })
  await desk.settle()
  await desk.travel('5 s')
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('done')
})

const OPERATIONS = ['refundCreate', 'giftCardCreate', 'orderCreate', 'tagsAdd']
const KINDS: FaultKind[] = [
  'drop-before',
  'drop-after',
  '502-before',
  '502-after',
  '429',
  '503',
  'throttle',
  'internal-error',
  'broken-json',
]

test.each(KINDS)('each step meets %s once, and each thing happens once all the same', async (kind) => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  await desk.settle()
  actions.counted()
  for (const operation of OPERATIONS) desk.shopify.faults.add({ operation, kind })
  await actions.leave()
  await actions.pass(6)
  expect(actions.counted()).toEqual(ALL_DONE)
  expect((await actions.row(actionId)).state).toBe('done')
})

test.each(KINDS)('the hold and the cancelling meet %s once, and happen once all the same', async (kind) => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } })
  actions.counted()
  for (const operation of ['fulfillmentOrderHold', 'orderCancel']) desk.shopify.faults.add({ operation, kind })
  await desk.settle()
  await actions.pass(8)
  const { 'hold.placed': held, 'order.cancelled': cancelled, 'refund.made': refunds } = actions.counted()
  expect([held, cancelled, refunds]).toEqual([1, 1, 1])
  expect((await actions.row(actionId)).state).toBe('done')
})

test('a reship whose answer was lost is looked for twice, a minute apart, before it is ordered again', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, { reship: everything(order).reship })
  await desk.settle()
  desk.shopify.faults.add({ operation: 'orderCreate', kind: 'drop-before' })
  const tries = () => desk.shopify.faults.met('orderCreate').length
  const before = tries()
  await actions.leave()
  await desk.travel('30 s')
  await desk.settle()
  expect([tries() - before, (await actions.steps(actionId)).reship]).toEqual([1, 'unknown'])
  await actions.pass(2)
  expect([tries() - before, (await actions.steps(actionId)).reship]).toEqual([2, 'done'])
})

test('a shop whose rate limit is used up only makes an action later', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  await desk.settle()
  actions.counted()
  desk.shopify.settings.setBucket(2_000, 50)
  desk.shopify.settings.drain(FERN, APP.clientId)
  try {
    await actions.leave()
    await actions.pass(4)
    expect(actions.counted()).toEqual(ALL_DONE)
    expect((await actions.row(actionId)).state).toBe('done')
  } finally {
    desk.shopify.settings.setBucket(null)
    await desk.travel('10 min') // by then the desk takes the bucket for full again
  }
})

test('an action whose job got lost is taken up by the minute’s tick', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  await desk.pool.query(`delete from graphile_worker._private_jobs where payload::text like $1`, [`%${actionId}%`])
  await desk.travel('10 min')
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('undoable')
  await actions.tick()
  expect((await actions.row(actionId)).state).toBe('done')
})
