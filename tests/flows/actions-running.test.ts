import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt } from '../support/action-plans.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

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

const address = {
  firstName: 'Ada',
  lastName: 'Moss',
  address1: '4 Fern Lane',
  city: 'London',
  zip: 'SE1 7PB',
  country: 'GB',
}

/** The first line of an order. */
const lineOf = (order: { lines: { id: string }[] }) => order.lines[0]?.id ?? ''

/** Everything at once for goods that arrived spilled. */
const everything = (order: { lines: { id: string }[] }) => ({
  reship: { lines: [{ lineId: lineOf(order), quantity: 1 }], address, method: 'Standard' },
  refund: { what: 'shipping' },
  giftCard: { amount: { minor: 500, currency: 'GBP' } },
})

test('nothing leaves while an action can be taken back; then each step is done once, in its order', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  actions.counted()
  await desk.settle()
  expect(actions.counted()).toEqual({})
  expect((await actions.row(actionId)).state).toBe('undoable')
  await actions.leave()
  expect(actions.counted()).toEqual({ 'order.made': 1, 'refund.made': 1, 'gift-card.made': 1, notice: 1 })
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
