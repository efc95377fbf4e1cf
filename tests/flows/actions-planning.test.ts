import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RequestOf } from '../../backend/features/combined-actions/plan.ts'
import { optionsOf } from '../../backend/features/combined-actions/planning/options.ts'
import type { Planned } from '../../backend/features/combined-actions/planning/planning.ts'
import { presetOf } from '../../backend/features/combined-actions/planning/presets.ts'
import { ActionInput, type ActionStart, type StepKind } from '../../shared/combined-actions.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { ordersOf, plannerOf, stepsOf } from '../support/action-orders.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let planner: ReturnType<typeof plannerOf>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  planner = plannerOf(desk)
})
afterAll(() => desk.stop())

const input = (parts: Parameters<typeof ActionInput.parse>[0] & object) =>
  ActionInput.parse({ reason: { code: 'spilled' }, ...parts })

const requestOf = <K extends StepKind>({ plan }: Planned, kind: K): RequestOf<K> => {
  const request = plan.steps.find((step) => step.kind === kind)?.request
  if (request?.kind !== kind) throw new Error(`The plan has no ${kind}`)
  return request as RequestOf<K>
}

const planned = async (start: ActionStart, order: { id: string }): Promise<Planned> => {
  const found = await planner.preset(start, order)
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('spilled goods of a delivered order are sent again, as far as the shop has them', async () => {
  const plan = await planned('spillage', shop.delivered(shop.buy()))
  expect(stepsOf(plan)).toEqual([
    'reship: Send 2 × Green tea, 1 × Mug to Ada Moss, 4 Fern Lane, SE1 7PB London, United Kingdom',
    'tag: Tag the order in Shopify: sidedesk, why-spilled',
  ])
  expect(plan.value).toEqual({ minor: 3_200, currency: 'GBP' })
  expect(plan.plan.notices).toEqual([])
})

test('an order that was not sent is cancelled with all its money when its customer changed their mind', async () => {
  const order = shop.buy()
  const plan = await planned('changed_mind', order)
  expect(stepsOf(plan)).toEqual([
    'hold: Tell the warehouse to wait with 2 × Green tea, 1 × Mug',
    'refund: Refund £37.00 to Visa •••• 4242',
    'cancel: Cancel the whole order, and put its goods back into stock',
    'tag: Tag the order in Shopify: sidedesk, why-changed_mind',
  ])
  expect(requestOf(plan, 'refund')).toMatchObject({
    currency: null,
    discrepancy: 'CUSTOMER',
    shipping: 'all',
    lines: [
      { quantity: 2, restock: 'CANCEL' },
      { quantity: 1, restock: 'CANCEL' },
    ],
    transactions: [{ gateway: 'shopify_payments', amount: { minor: 3_700, currency: 'GBP' } }],
    storeCredit: null,
  })
  expect(requestOf(plan, 'cancel')).toMatchObject({ reason: 'CUSTOMER', restock: false, notify: false })
})

test('a delivered order never offers to cancel; a changed mind becomes store credit for its goods', async () => {
  const order = shop.delivered(shop.buy())
  const live = await planner.read(order)
  expect(optionsOf(live).cancel).toMatchObject({
    why: `${order.name} has been delivered, so it cannot be cancelled. Refund it instead.`,
    lines: [],
  })
  const plan = await planned('changed_mind', order)
  expect(stepsOf(plan)[0]).toBe('refund: Give £32.00 as store credit')
  expect(requestOf(plan, 'refund')).toMatchObject({
    transactions: [],
    storeCredit: { amount: { minor: 3_200, currency: 'GBP' } },
    shipping: null,
  })
})

test('an order that is paid on delivery and not paid yet never offers money back', async () => {
  const order = shop.openCash()
  const live = await planner.read(order)
  const { refund } = optionsOf(live)
  expect(refund.why).toBe(
    `${order.name} is paid on delivery and nothing has been collected, so there is no money to give back.`,
  )
  expect(refund.routes.every(({ why }) => why !== null)).toBe(true)
  expect(stepsOf(await planned('changed_mind', order))).toEqual([
    'hold: Tell the warehouse to wait with 2 × Green tea, 1 × Mug',
    'cancel: Cancel the whole order, and put its goods back into stock',
    'tag: Tag the order in Shopify: sidedesk, why-changed_mind',
  ])
  expect(requestOf(await planned('changed_mind', order), 'cancel').restock).toBe(true)
})

test('cash that was collected is paid out by finance, to whom the agent names', async () => {
  const order = shop.delivered(shop.collected(shop.openCash()))
  const live = await planner.read(order)
  const routes = Object.fromEntries(optionsOf(live).refund.routes.map(({ to, why }) => [to, why]))
  expect(routes).toEqual({
    original: `${order.name} was paid in cash, which Shopify cannot send back. Choose a payout or store credit.`,
    store_credit: null,
    payout: null,
  })
  const payee = { name: 'Ada Moss', account: 'GB33BUKB20201555555555' }
  const plan = await planner.plan(live, input({ refund: { what: 'shipping', to: 'payout', payee } }))
  expect(stepsOf(plan)[0]).toBe('refund: Have finance pay £5.00 to Ada Moss')
  expect(plan.plan.steps[0]).toMatchObject({ route: 'payout', amount: { minor: 500 }, customerAmount: { minor: 500 } })
  expect(requestOf(plan, 'refund')).toMatchObject({ shipping: 'all', transactions: [{ amount: { minor: 500 } }] })
})

test('of a mixed payment an amount goes back in the order that Shopify suggests, and no payment gets more than it brought', async () => {
  const live = await planner.read(shop.delivered(shop.mixed()))
  const plan = await planner.plan(
    live,
    input({ refund: { what: 'amount', amount: { minor: 3_000, currency: 'GBP' } } }),
  )
  const { transactions } = requestOf(plan, 'refund')
  expect(transactions.map(({ gateway, amount }) => [gateway, amount.minor])).toEqual([
    ['shopify_payments', 2_700],
    ['gift_card', 300],
  ])
  expect(stepsOf(plan)[0]).toBe('refund: Refund £30.00 to Visa •••• 4242 and the gift card that paid')
})

test('an order in two currencies is refunded in the customer’s, and counts in the shop’s', async () => {
  const order = shop.delivered(
    shop.buy({
      seenIn: { currency: 'SEK', rate: '13' },
      lines: [{ title: 'Green tea', price: 15_600 }],
      shipping: null,
    }),
  )
  const live = await planner.read(order)
  const plan = await planner.plan(
    live,
    input({ refund: { what: 'amount', amount: { minor: 7_850, currency: 'SEK' } } }),
  )
  expect(plan.plan.steps[0]).toMatchObject({
    customerAmount: { minor: 7_850, currency: 'SEK' },
    amount: { minor: 604, currency: 'GBP' },
  })
  expect(requestOf(plan, 'refund')).toMatchObject({
    currency: 'SEK',
    transactions: [{ amount: { minor: 7_850, currency: 'SEK' } }],
  })
  expect(plan.value).toEqual({ minor: 604, currency: 'GBP' })
})

test('lines that were sent are lost, lines that were not leave the order only when they are cancelled too', async () => {
  const order = shop.partly()
  const live = await planner.read(order)
  expect(live.stage).toBe('partly')
  const [tea, mug] = live.lines
  const lines = [
    { lineId: tea?.id, quantity: 2 },
    { lineId: mug?.id, quantity: 1 },
  ]
  const money = await planner.plan(live, input({ refund: { what: 'lines', lines } }))
  expect(requestOf(money, 'refund').lines).toEqual([])
  expect(money.remarks).toEqual([
    '1 × Green tea, 1 × Mug will still be sent. Cancel these lines too if they should not be.',
  ])

  const both = await planner.plan(
    live,
    input({ refund: { what: 'lines', lines }, cancel: { lines: [{ lineId: tea?.id, quantity: 1 }] } }),
  )
  expect(requestOf(both, 'refund').lines.map(({ quantity, restock }) => [quantity, restock])).toEqual([
    [1, 'CANCEL'],
    [1, 'NO_RESTOCK'],
  ])
  expect(both.plan.steps.map(({ kind }) => kind)).toEqual(['hold', 'refund', 'tag', 'release'])
  expect(stepsOf(both)[1]).toBe('refund: Take 1 × Green tea out of the order and refund £32.00 to Visa •••• 4242')
})

test('lines are cancelled without money where none has come in, in one call', async () => {
  const live = await planner.read(shop.openCash())
  const [tea] = live.lines
  const plan = await planner.plan(live, input({ cancel: { lines: [{ lineId: tea?.id, quantity: 1 }] } }))
  expect(stepsOf(plan)[1]).toBe('refund: Take 1 × Green tea out of the order, without money back')
  expect(requestOf(plan, 'refund')).toMatchObject({
    transactions: [],
    shipping: null,
    lines: [{ quantity: 1, restock: 'CANCEL' }],
  })
  expect(plan.plan.steps[1]).toMatchObject({ amount: null, customerAmount: null, route: null })
  expect(plan.value.minor).toBe(0)
})

test('who waited too long gets a card of a tenth of the order, and at least five', async () => {
  const card = async (price: number) => {
    const plan = await planned('late', shop.buy({ lines: [{ title: 'Green tea', price }] }))
    return requestOf(plan, 'gift_card')
  }
  expect(await card(1_200)).toMatchObject({
    amount: { minor: 500, currency: 'GBP' },
    notify: true,
    customerId: shop.customer.id,
  })
  expect(await card(12_300)).toMatchObject({ amount: { minor: 1_300, currency: 'GBP' } })
})

test('a lost parcel is money back when the goods are gone, and nothing was lost of what never left', async () => {
  const order = shop.sent(shop.buy({ lines: [{ title: 'Cup of old', price: 900 }] }))
  expect(stepsOf(await planned('lost_parcel', order))[0]).toBe('refund: Refund £14.00 to Visa •••• 4242')
  const waiting = shop.buy()
  expect(await planner.preset('lost_parcel', waiting)).toBe(
    `Nothing of ${waiting.name} has been sent yet, so nothing can have arrived wrong.`,
  )
})

test('a gift card goes to the address that the customer has in Shopify, whatever the order was placed with', async () => {
  const silent = desk.fern.customer({ email: null, firstName: 'Sol' })
  const order = shop.buy({ customerId: silent.id, email: 'sol@home.example' })
  const live = await planner.read(order)
  expect(await planner.faults(live, input({ giftCard: { amount: { minor: 500, currency: 'GBP' } } }))).toHaveProperty([
    'giftCard.notify',
  ])
  expect(requestOf(await planned('late', order), 'gift_card').notify).toBe(false)
})

test('money back for a gift card that was bought says that the card itself stays good', async () => {
  const card = desk.fern.goods('Gift card 25', 2_500, 100)
  const line = {
    title: card.title,
    productId: card.productId,
    variantId: card.variantId,
    price: card.price,
    quantity: 1,
  }
  const live = await planner.read(shop.buy({ lines: [{ ...line, giftCard: true }], shipping: null }))
  const plan = await planner.plan(live, input({ refund: { what: 'all' } }))
  expect(plan.remarks).toContain(
    'A gift card was bought with this order, and it stays good when its money is given back. Deactivate it in Shopify if it should not.',
  )
})

test('a change of mind gives back no more of a line than has not been given back yet', async () => {
  const order = shop.partly()
  const live = await planner.read(order)
  const lines = live.lines.map((line, at) => (at === 1 ? { ...line, refundable: 0 } : { ...line, refundable: 1 }))
  const { refund, cancel } = presetOf('changed_mind', { ...live, lines }).input
  expect(cancel?.lines).toHaveLength(2)
  expect(refund?.lines).toEqual([{ lineId: live.lines[0]?.id, quantity: 1 }])
})

test('cash that an app of the shop books is cash, too: it never goes back by itself', async () => {
  const order = shop.delivered(shop.collected(shop.openCash()))
  const { transactions } = desk.fern.shop.tables
  desk.fern.shop.commit(
    transactions.by('orderId', order.id).map((one) => put('transactions', { ...one, manual: false })),
  )
  const { routes } = optionsOf(await planner.read(order)).refund
  expect(routes.map(({ to, why }) => [to, why === null])).toEqual([
    ['original', false],
    ['store_credit', true],
    ['payout', true],
  ])
})

const CASH = [{ gateway: 'Cash on Delivery (COD)', state: 'open' as const }]
const PRESETS = ['spillage', 'lost_parcel', 'wrong_item', 'late', 'changed_mind'] as const

/** What each preset fills in; «no» for one that makes no sense for the order, and says why. */
const TABLE: [string, () => { id: string }, string][] = [
  ['paid, not sent', () => shop.buy(), 'no, no, no, gift_card, original cancel'],
  ['partly sent', () => shop.partly(), 'reship, reship, reship, gift_card, original'],
  ['sent', () => shop.sent(shop.buy()), 'reship, reship, reship, gift_card, store_credit'],
  ['delivered', () => shop.delivered(shop.buy()), 'reship, no, reship, gift_card, store_credit'],
  ['cash not collected, not sent', () => shop.openCash(), 'no, no, no, gift_card, cancel'],
  ['cash not collected, delivered', () => shop.delivered(shop.openCash()), 'reship, no, reship, gift_card, no'],
  [
    'cash collected, delivered',
    () => shop.delivered(shop.collected(shop.openCash())),
    'reship, no, reship, gift_card, store_credit',
  ],
  ['card and gift card', () => shop.delivered(shop.mixed()), 'reship, no, reship, gift_card, store_credit'],
  [
    'money reserved',
    () => shop.buy({ paid: [{ gateway: 'shopify_payments', state: 'authorized' }] }),
    'no, no, no, gift_card, cancel',
  ],
  ['of a guest, not sent', () => shop.buy(GUEST), 'no, no, no, original cancel, original cancel'],
  ['of a guest, delivered', () => shop.delivered(shop.buy(GUEST)), 'reship, no, reship, original, original'],
  [
    'cash of a guest, delivered',
    () => shop.delivered(shop.collected(shop.buy({ ...GUEST, paid: CASH }))),
    'reship, no, reship, no, no',
  ],
  ['out of stock, delivered', () => shop.delivered(shop.buy(OLD)), 'original, no, original, gift_card, store_credit'],
  ['cancelled', () => desk.fern.change(shop.buy().id, { cancelledAt: desk.fern.shop.at() }), 'no, no, no, no, no'],
]

const GUEST = { customerId: null, email: 'guest@home.example' }
const OLD = { lines: [{ title: 'Cup of old', price: 900 }] }

test.each(TABLE)(
  'each preset of an order (%s) can be confirmed as it is, or says why not',
  async (_, order, expected) => {
    const { id } = order()
    const filled: string[] = []
    for (const start of PRESETS) {
      const found = await planner.preset(start, { id })
      if (typeof found === 'string') expect(found).toMatch(/\.$/)
      filled.push(typeof found === 'string' ? 'no' : shortOf(found))
    }
    expect(filled.join(', ')).toBe(expected)
  },
)

/** The steps that a customer notices; of a refund where it goes. */
const shortOf = ({ plan }: Planned) =>
  plan.steps
    .filter(({ kind }) => kind !== 'hold' && kind !== 'tag' && kind !== 'release')
    .map(({ kind, route }) => route ?? kind)
    .join(' ')
