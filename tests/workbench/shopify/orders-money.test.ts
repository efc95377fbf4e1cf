import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failRefund, letBank, settleRefund } from '../../../workbench/emulators/shopify/world/bank.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { CARD } from '../../../workbench/emulators/shopify/world/paying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { seedOfRun } from '../../support/random.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

let open: OpenShop
beforeAll(async () => {
  open = await openShop()
})
afterAll(() => open.shopify.close())

const refund = fc.record({
  kind: fc.constant('refund' as const),
  line: fc.nat(1),
  units: fc.constantFrom(0, 0, 1, 3),
  restockType: fc.constantFrom('CANCEL', 'RETURN', 'NO_RESTOCK'),
  payments: fc.array(fc.record({ nth: fc.nat(1), minor: fc.oneof(fc.nat(8000), fc.constant(2500)) }), { maxLength: 2 }),
  shipping: fc.constantFrom(0, 0, 0, 250, 600),
  credit: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.nat(4000)),
})
const act = fc.oneof(
  { weight: 6, arbitrary: refund },
  fc.record({ kind: fc.constant('ship' as const) }),
  fc.record({ kind: fc.constant('cancel' as const), back: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('settle' as const, 'fail' as const) }),
  fc.record({
    kind: fc.constant('bank' as const),
    manner: fc.constantFrom('at-once' as const, 'when-told' as const, 'refuses' as const),
  }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const order = fc.record({
  rate: fc.constantFrom('1', '11.3701', '0.8642'),
  first: fc.integer({ min: 1, max: 6999 }),
  discount: fc.constantFrom(0, 7, 33),
})

test('whatever is refunded, never more goes back than came in, and every sum is the sum of its transactions', async () => {
  const story = fc.asyncProperty(order, fc.array(act, { minLength: 1, maxLength: 12 }), async (about, acts) => {
    const id = placed(about)
    for (const one of acts) await happen(id, one)
    for (let held = pending(id); held; held = pending(id)) settleRefund(open.shop, held.id)
    await holds(id)
  })
  await fc.assert(story, { seed: seedOfRun(), numRuns: 40 })
})

function placed({ rate, first, discount }: { rate: string; first: number; discount: number }) {
  letBank(open.shop, 'at-once')
  const seenIn = rate === '1' ? {} : { seenIn: { currency: 'SEK', rate } }
  const off = discount > 0 ? { discount: { code: 'LESS', percent: discount } } : {}
  const cheapest = Math.min(first, 4000)
  return buy(open.shop, { ...usual, ...seenIn, ...off, paid: [{ ...CARD, amount: cheapest }, CARD] }).id
}

const payments = (id: string) => open.shop.tables.transactions.by('orderId', id).filter(({ kind }) => kind === 'SALE')

const pending = (id: string) =>
  open.shop.tables.transactions.by('orderId', id).find(({ kind, status }) => kind === 'REFUND' && status === 'PENDING')

async function happen(id: string, one: Act) {
  const waits = pending(id)
  if (one.kind === 'refund') await give(id, one)
  else if (one.kind === 'cancel') await cancel(id, one.back)
  else if (one.kind === 'bank') letBank(open.shop, one.manner)
  else if (one.kind === 'settle' && waits) settleRefund(open.shop, waits.id)
  else if (one.kind === 'fail' && waits) failRefund(open.shop, waits.id)
  else if (one.kind === 'ship' && sendable(id)) ship(open.shop, id)
}

const sendable = (id: string) =>
  open.shop.tables.fulfillmentOrders
    .by('orderId', id)
    .some(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')

async function cancel(id: string, back: boolean) {
  const refundMethod = { originalPaymentMethodsRefund: back }
  await open.ask('order-cancel', { orderId: id, reason: 'OTHER', restock: true, refundMethod })
  open.clock.travel(2000)
}

let key = 0
async function give(id: string, wish: Act & { kind: 'refund' }) {
  const { lines, presentmentCurrency: currency } = open.shop.tables.orders.get(id) ?? {
    lines: [],
    presentmentCurrency: '',
  }
  const decimal = (minor: number) => (minor / 100).toFixed(2)
  const lineItemId = lines[wish.line]?.id
  const input = {
    orderId: id,
    currency,
    shipping: { amount: decimal(wish.shipping) },
    refundLineItems: wish.units > 0 ? [{ lineItemId, quantity: wish.units, restockType: wish.restockType }] : [],
    transactions: wish.payments.map(({ nth, minor }) => ({
      orderId: id,
      parentId: payments(id)[nth]?.id,
      kind: 'REFUND',
      gateway: '',
      amount: decimal(minor),
    })),
    refundMethods:
      wish.credit === null
        ? []
        : [{ storeCreditRefund: { amount: { amount: decimal(wish.credit), currencyCode: currency } } }],
  }
  await open.ask('refund-create', { input, key: `money-${++key}` })
}

type Sum = Record<'shopMoney' | 'presentmentMoney', { amount: string }>
const ALL = `query Q($id: ID!) { order(id: $id) { ${[
  'totalReceivedSet',
  'totalRefundedSet',
  'netPaymentSet',
  'currentTotalPriceSet',
]
  .map((name) => `${name} { shopMoney { amount } presentmentMoney { amount } }`)
  .join(' ')} lineItems(first: 5) { nodes { quantity currentQuantity unfulfilledQuantity } } } }`

async function holds(id: string) {
  const sums = await open.ask<Record<string, Sum> & { lineItems: { nodes: Record<string, number>[] } }>(ALL, { id })
  const moved = open.shop.tables.transactions.by('orderId', id)
  for (const side of ['shop', 'presentment'] as const) {
    const cents = (name: string) => Math.round(Number(sums[name]?.[`${side}Money`].amount) * 100)
    const added = (kind: string, ...statuses: string[]) =>
      moved
        .filter((one) => one.kind === kind && statuses.includes(one.status))
        .reduce((sum, { amount }) => sum + amount[side].minor, 0)
    const back = added('REFUND', 'SUCCESS')
    expect(cents('totalReceivedSet')).toBe(added('SALE', 'SUCCESS'))
    expect(cents('totalRefundedSet')).toBe(back)
    expect(cents('netPaymentSet')).toBe(added('SALE', 'SUCCESS') - back)
    expect(cents('currentTotalPriceSet')).toBeGreaterThanOrEqual(side === 'shop' ? -2 : 0)
    const most = added('SALE', 'SUCCESS') + (side === 'shop' ? 3 : 0)
    expect(added('REFUND', 'SUCCESS', 'PENDING')).toBeLessThanOrEqual(most)
  }
  const back = moved.filter(({ kind, status }) => kind === 'REFUND' && status === 'SUCCESS')
  expect(noted(id)).toBe(back.reduce((sum, { amount }) => sum + amount.shop.minor, 0))
  for (const payment of payments(id)) {
    const mine = back.filter(({ parentId }) => parentId === payment.id)
    const sum = mine.reduce((all, { amount }) => all + amount.presentment.minor, 0)
    expect(sum).toBeLessThanOrEqual(payment.amount.presentment.minor)
  }
  for (const { quantity = 0, currentQuantity = -1, unfulfilledQuantity = -1 } of sums.lineItems.nodes) {
    expect(currentQuantity).toBeGreaterThanOrEqual(0)
    expect(unfulfilledQuantity).toBeGreaterThanOrEqual(0)
    expect(quantity).toBeGreaterThanOrEqual(currentQuantity)
  }
}

/** What the shop's ledger says was refunded. */
const noted = (id: string) =>
  open.shop.tables.effects
    .by('subjectId', id)
    .filter(({ kind }) => kind === 'money.refunded')
    .reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)
