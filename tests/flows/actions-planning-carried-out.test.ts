import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { LiveOrder } from '../../backend/features/combined-actions/planning/live-order.ts'
import { presetOf } from '../../backend/features/combined-actions/planning/presets.ts'
import {
  ActionInput,
  type ActionStart,
  createCombinedAction,
  getCombinedAction,
} from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { formsAt, withoutLimits } from '../support/action-forms.ts'
import { ordersOf, plannerOf } from '../support/action-orders.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let planner: ReturnType<typeof plannerOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  planner = plannerOf(desk)
  forms = formsAt(desk)
  await withoutLimits(desk)
})
afterAll(() => desk.stop())

/** What an order and its customer have from Shopify, in smallest units of the shop's currency. */
async function stateOf({ id }: OrderRecord) {
  const order = desk.fern.shop.tables.orders.get(id)
  const live = await planner.read({ id })
  const made = desk.fern.shop.ledger().effects.filter(({ subjectId }) => subjectId === id)
  return {
    cancelled: order?.cancelledAt !== null,
    left: live.refundable.presentment.minor,
    lines: live.lines.map(({ left }) => left),
    held: live.fulfilmentOrders.some(({ status }) => status === 'ON_HOLD'),
    refunds: made.filter(({ kind }) => kind === 'refund.made').length,
  }
}

async function carriedOut(order: OrderRecord, inputOf: ActionStart | ((live: LiveOrder) => object)) {
  const { ticketId, orderId } = await forms.about(order, order.email ?? '')
  const live = await planner.read(order)
  const body =
    typeof inputOf === 'string'
      ? presetOf(inputOf, live).input
      : ActionInput.parse({ reason: { code: 'damaged' }, ...inputOf(live) })
  const { id } = await desk.as('nora').call(createCombinedAction, { params: { ticketId, orderId }, body })
  for (let round = 0; round < 4; round++) {
    await desk.settle()
    await desk.travel('5 s') // Shopify takes a second to cancel
  }
  await desk.settle()
  const action = await desk.as('nora').call(getCombinedAction, { params: { actionId: id } })
  return { action, state: await stateOf(order) }
}

const NOT_SENT = { cancelled: true, left: 0, lines: [0, 0], held: false }

test('a changed mind before anything was sent: cancelled, all money back, once', async () => {
  const { action, state } = await carriedOut(shop.buy(), 'changed_mind')
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toEqual({ ...NOT_SENT, refunds: 1 })
})

test('a changed mind about cash that was not collected: cancelled, and nothing paid back', async () => {
  const { action, state } = await carriedOut(shop.openCash(), 'changed_mind')
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toMatchObject({ cancelled: true, lines: [0, 0], held: false })
})

test('a changed mind when half was sent: the rest leaves the order with its money', async () => {
  const { action, state } = await carriedOut(shop.partly(), 'changed_mind')
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toEqual({ cancelled: false, left: 1_700, lines: [1, 0], held: false, refunds: 1 })
})

test('lines of an order that waits leave it, and what is left is sent', async () => {
  const { action, state } = await carriedOut(shop.buy(), (live) => {
    const lines = [{ lineId: live.lines[0]?.id, quantity: 1 }]
    return { cancel: { lines }, refund: { what: 'lines', lines } }
  })
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toEqual({ cancelled: false, left: 2_500, lines: [1, 1], held: false, refunds: 1 })
})

test('lines that nobody has paid for leave it without money', async () => {
  const { action, state } = await carriedOut(shop.openCash(), (live) => ({
    cancel: { lines: [{ lineId: live.lines[1]?.id, quantity: 1 }] },
  }))
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toMatchObject({ cancelled: false, lines: [2, 0], held: false })
})

test('a mixed payment goes back to both, to the last penny', async () => {
  const { action, state } = await carriedOut(shop.delivered(shop.mixed()), () => ({ refund: { what: 'all' } }))
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toMatchObject({ left: 0, lines: [0, 0], refunds: 1 })
})

test('two currencies: the amount in the customer’s, and nothing more', async () => {
  const order = shop.delivered(
    shop.buy({
      seenIn: { currency: 'SEK', rate: '13' },
      lines: [{ title: 'Green tea', price: 15_600 }],
      shipping: null,
    }),
  )
  const { action, state } = await carriedOut(order, () => ({
    refund: { what: 'amount', amount: { minor: 7_850, currency: 'SEK' } },
  }))
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toMatchObject({ left: 7_750, refunds: 1 })
})

test('collected cash, spilled: sent again and the shipping paid out', async () => {
  const { action, state } = await carriedOut(shop.delivered(shop.collected(shop.openCash())), (live) => ({
    ...presetOf('spillage', live).input,
    refund: { what: 'shipping', to: 'payout', payee: { name: 'Ada Moss', account: 'GB33BUKB20201555555555' } },
  }))
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(action.steps.map(({ kind, state: is }) => `${kind} ${is}`)).toEqual(['reship done', 'refund done', 'tag done'])
  expect(state).toMatchObject({ left: 3_200, refunds: 1 })
})

test('store credit for the goods of a delivered order', async () => {
  const { action, state } = await carriedOut(shop.delivered(shop.buy()), 'changed_mind')
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toEqual({ cancelled: false, left: 500, lines: [0, 0], held: false, refunds: 1 })
})

test('a card for the wait', async () => {
  const { action } = await carriedOut(shop.buy(), 'late')
  expect([action.state, action.problem]).toEqual(['done', null])
})

test('cancelled without money, and a card for it: the goods that leave the order are no change by somebody else', async () => {
  const { action, state } = await carriedOut(shop.buy(), () => ({
    cancel: { lines: null },
    giftCard: { amount: { minor: 1_500, currency: 'GBP' } },
  }))
  expect([action.state, action.problem]).toEqual(['done', null])
  expect(state).toMatchObject({ cancelled: true, left: 3_700, lines: [0, 0] })
})
