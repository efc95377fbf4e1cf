import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { expireApproval } from '../../backend/features/combined-actions/deciding/agreeing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything, firstLine } from '../support/action-plans.ts'
import { APP, type ShopDesk, startShopDesk } from '../support/shop.ts'

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

/** The mug lies in another warehouse than the teas. */
function inTwoPlaces(order: OrderRecord): OrderRecord {
  const { shop: hands } = desk.fern
  const [one] = hands.tables.fulfillmentOrders.by('orderId', order.id)
  if (!one) throw new Error('Nothing of this order waits to be sent')
  hands.commit([
    put('fulfillmentOrders', { ...one, lines: one.lines.slice(0, 1) }),
    put('fulfillmentOrders', { ...one, id: hands.newGid('FulfillmentOrder'), lines: one.lines.slice(1) }),
  ])
  return order
}

/** As many of them as Shopify lets the app have leave no room for another. */
const holdBy = (number: number) => ({
  id: desk.fern.shop.newGid('FulfillmentHold'),
  handle: `another ${number}`,
  reason: 'OTHER',
  reasonNotes: null,
  appId: APP.clientId,
  externalId: null,
})

const cancelled = { cancel: { lines: null }, refund: { what: 'all' } }

test('taken back in time, nothing happens but that the goods are let go, and it says what it stopped', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  await desk.settle()
  const { stopped, releases } = await actions.undo(actionId)
  expect(stopped).toEqual([
    'Refund £37.00 to Visa •••• 4242',
    'Cancel the whole order, and put its goods back into stock',
    expect.stringContaining('Tag the order'),
  ])
  expect(releases).toBe(true)
  actions.counted()
  await actions.leave()
  await actions.pass(2)
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
  expect((await actions.row(actionId)).state).toBe('undone')
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'done', refund: 'dropped', release: 'done' })
})

test('pressed twice it says the same and lets go once', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  await desk.settle()
  actions.counted()
  const first = await actions.undo(actionId)
  expect(await actions.undo(actionId)).toEqual(first)
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
  expect(await desk.events('action.undone')).toHaveLength(2) // with the one of the test before
})

test('an action that was taken back before its hold was even asked for leaves no trace in the shop', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  actions.counted()
  expect((await actions.undo(actionId)).releases).toBe(false)
  await actions.leave()
  expect(actions.counted()).toEqual({})
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'dropped', refund: 'dropped' })
})

test('a hold whose end is not known is brought to its end and then let go', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  actions.counted()
  desk.shopify.faults.add({ operation: 'fulfillmentOrderHold', kind: 'drop-after' })
  await desk.settle()
  expect((await actions.steps(actionId)).hold).toBe('unknown')
  await actions.undo(actionId)
  await actions.pass(2)
  expect(actions.counted()).toEqual({ 'hold.placed': 1, 'hold.released': 1 })
})

test('goods in two places of which only one was held when it is taken back are all let go', async () => {
  const order = inTwoPlaces(shop.buy())
  const actionId = await actions.begin(order, cancelled)
  actions.counted()
  for (const kind of ['partial', 'throttle'] as const)
    desk.shopify.faults.add({ operation: 'fulfillmentOrderHold', kind })
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.placed': 1 })
  expect((await actions.undo(actionId)).releases).toBe(true)
  await actions.pass(2)
  const held = desk.fern.shop.tables.fulfillmentOrders.by('orderId', order.id).flatMap(({ holds }) => holds)
  expect(held).toEqual([])
  expect(await actions.steps(actionId)).toMatchObject({ release: 'done' })
})

test('goods in two places of which Shopify holds only one are not held at all, whatever is pressed then', async () => {
  const order = inTwoPlaces(shop.buy())
  const actionId = await actions.begin(order, cancelled)
  const { shop: hands } = desk.fern
  const [, full] = hands.tables.fulfillmentOrders.by('orderId', order.id)
  if (!full) throw new Error('The order lies in one place')
  hands.commit([put('fulfillmentOrders', { ...full, holds: Array.from({ length: 10 }, (_, one) => holdBy(one)) })])
  await desk.settle()
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'refused' })
  await actions.resume(actionId)
  await actions.undo(actionId)
  await actions.pass(1)
  const held = hands.tables.fulfillmentOrders.by('orderId', order.id).flatMap(({ holds }) => holds)
  expect(held.filter(({ handle }) => handle?.includes(actionId))).toEqual([])
})

test('goods that an action reviewed again holds, too, are let go by the first one only when the new one holds them', async () => {
  const order = shop.buy()
  const first = await actions.begin(order, cancelled, { causes: ['action_limit'] })
  await desk.settle()
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => expireApproval(desk.ctx, tx, first))
  actions.counted()
  const second = await actions.begin(order, cancelled, { revisesId: first })
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.placed': 1 })
  await desk.travel('31 s')
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
  expect((await actions.row(first)).state).toBe('stopped')
  await actions.undo(second)
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
})

test('once something has left it cannot be taken back, and says what to do', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  await actions.leave()
  await expect(actions.undo(actionId)).rejects.toMatchObject({
    code: 'already_done',
    message: 'It is over already: there is nothing to take back.',
  })
})

test('a colleague may not take it back; a supervisor may', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  await desk.settle()
  await expect(actions.undo(actionId, 'sam')).rejects.toMatchObject({ code: 'forbidden' })
  await actions.undo(actionId, 'vera')
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('undone')
})

test('the order is free again at once, and the card that was never asked for is forgotten', async () => {
  const order = shop.delivered(shop.buy())
  const giftCard = { giftCard: { amount: { minor: 700, currency: 'GBP' } } }
  const first = await actions.begin(order, giftCard)
  const issues = () => desk.read((tx) => tx.giftCardIssue.count({ where: { actionId: first } }))
  expect(await issues()).toBe(1)
  await actions.undo(first)
  expect(await issues()).toBe(0)
  const second = await actions.begin(order, giftCard)
  await actions.leave()
  expect((await actions.row(second)).state).toBe('done')
})

test('goods of which one line was to be cancelled are let go only once when that is taken back', async () => {
  const order = shop.buy()
  const lines = [{ lineId: firstLine(order), quantity: 1 }]
  const actionId = await actions.begin(order, { cancel: { lines }, refund: { what: 'lines', lines } })
  await desk.settle()
  actions.counted()
  await actions.undo(actionId)
  await actions.leave()
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
  const { steps } = await actions.row(actionId)
  expect(steps.filter(({ kind }) => kind === 'release')).toHaveLength(1)
})
