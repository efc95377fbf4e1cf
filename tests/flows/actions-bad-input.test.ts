import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { LiveOrder } from '../../backend/features/combined-actions/planning/live-order.ts'
import { optionsOf } from '../../backend/features/combined-actions/planning/options.ts'
import { planOf } from '../../backend/features/combined-actions/planning/planning.ts'
import { presetOf } from '../../backend/features/combined-actions/planning/presets.ts'
import { readForAction } from '../../backend/features/combined-actions/planning/reading.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { ordersOf, plannerOf } from '../support/action-orders.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let planner: ReturnType<typeof plannerOf>
let delivered: LiveOrder
let waiting: LiveOrder
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  planner = plannerOf(desk)
})
beforeEach(async () => {
  delivered = await planner.read(shop.delivered(shop.buy()))
  waiting = await planner.read(shop.buy())
})
afterAll(() => desk.stop())

type Parts = { [K in keyof Omit<ActionInput, 'reason' | 'hit'>]?: object } & { reason?: object; hit?: string[] }
const input = (parts: Parts): ActionInput => ActionInput.parse({ reason: { code: 'spilled' }, ...parts })
const pounds = (minor: number) => ({ minor, currency: 'GBP' })
const lineId = (live: LiveOrder, at = 0) => live.lines[at]?.id ?? ''
const again = (live: LiveOrder, change: object = {}) => {
  const { reship } = presetOf('reship', live).input
  return { reship: { ...reship, ...change } }
}
const faults = (live: LiveOrder, parts: Parts) => planner.faults(live, input(parts))

test('nothing chosen, or no reason, or one that needs a sentence and has none', async () => {
  expect(await faults(delivered, {})).toEqual({ '': 'Choose at least one thing to do with the order.' })
  const refund = { what: 'all' }
  expect(await faults(delivered, { refund, reason: { code: '' } })).toEqual({ 'reason.code': 'Choose the reason.' })
  expect(await faults(delivered, { refund, reason: { code: 'gone' } })).toEqual({
    'reason.code': 'This reason is not known here. Choose one from the list.',
  })
  expect(await faults(delivered, { refund: { ...refund, reason: 'other' } })).toEqual({
    'reason.text': 'This reason needs a sentence: say in a few words what happened.',
  })
  await expect(
    planner.plan(delivered, input({ refund, reason: { code: 'other', text: 'The dog ate it' } })),
  ).resolves.toBeDefined()
})

test('a reason that is retired meanwhile', async () => {
  const reasons = [{ ...REASON, retired: true }]
  const wanted = { live: delivered, input: input({ refund: { what: 'all' } }), reasons }
  await expect(planOf(desk.ctx, desk.workspaceId, wanted)).rejects.toThrow(
    'The reason «Spilled» is not used any more. Choose another.',
  )
})

const REASON = {
  id: 'spilled',
  labels: { en: 'Spilled' },
  cancelReason: 'OTHER' as const,
  discrepancy: 'DAMAGE' as const,
  needsText: false,
  retired: false,
}

test('more money than there is, or none, or in a wrong currency', async () => {
  const amount = (money: object) => faults(delivered, { refund: { what: 'amount', amount: money } })
  expect(await amount(pounds(3_701))).toEqual({
    'refund.amount': 'At most £37.00 can be given back that way. Type that or less.',
  })
  expect(await amount(pounds(0))).toEqual({ 'refund.amount': 'The amount must be more than zero.' })
  expect(await amount(pounds(-100))).toEqual({ 'refund.amount': 'The amount must be more than zero.' })
  expect(await amount({ minor: 100, currency: 'EUR' })).toEqual({
    'refund.amount': `${delivered.name} was paid in GBP. Type the amount in GBP, not in EUR.`,
  })
  expect(await faults(delivered, { refund: { what: 'amount' } })).toEqual({
    'refund.amount': 'Type in how much is given back.',
  })
  expect(
    ActionInput.safeParse({ reason: { code: 'spilled' }, refund: { what: 'amount', amount: pounds(1.5) } }).success,
  ).toBe(false)
})

test('more money for a line than it comes to, or for more pieces than were bought', async () => {
  const lines = [{ lineId: lineId(delivered), quantity: 1 }]
  expect(await faults(delivered, { refund: { what: 'lines', lines, amount: pounds(1_300) } })).toEqual({
    'refund.amount': 'What was chosen comes to £12.00. Type that or less, or give back an amount instead.',
  })
  expect(
    await faults(delivered, { refund: { what: 'lines', lines: [{ lineId: lineId(delivered), quantity: 3 }] } }),
  ).toEqual({
    'refund.lines.0.quantity': 'Of Green tea money can be given back for 2 only, not for 3.',
  })
  expect(await faults(delivered, { refund: { what: 'lines', lines: [...lines, ...lines] } })).toEqual({
    'refund.lines': 'A line is named twice. Name it once.',
  })
  expect(
    await faults(delivered, {
      refund: { what: 'lines', lines: [{ lineId: 'gid://shopify/LineItem/1', quantity: 1 }] },
    }),
  ).toEqual({
    'refund.lines.0.lineId': `A line that is not in ${delivered.name} has nothing left to give back money for.`,
  })
  expect(await faults(delivered, { refund: { what: 'lines' } })).toEqual({
    'refund.lines': 'Choose the lines that money is given back for.',
  })
})

test('an order that has got all its money back, and one that cost nothing', async () => {
  const order = shop.delivered(shop.buy())
  desk.fern.refund(order.id, 3_700)
  expect(await faults(await planner.read(order), { refund: { what: 'all' } })).toEqual({
    refund: `All money of ${order.name} has been given back already, or none has come in.`,
  })
  const free = shop.delivered(shop.buy({ lines: [{ title: 'Sample', price: 0 }], shipping: null, paid: [] }))
  const found = await planner.faults(await planner.read(free), input({ refund: { what: 'all' } }))
  expect(found['refund']).toMatch(/there is no money to give back\.$/)
})

test('cash that was not collected, money that is only reserved, and a payout to nobody', async () => {
  const open = await planner.read(shop.openCash())
  expect((await faults(open, { refund: { what: 'all', to: 'store_credit' } }))['refund']).toContain(
    'nothing has been collected',
  )
  const reserved = await planner.read(shop.buy({ paid: [{ gateway: 'shopify_payments', state: 'authorized' }] }))
  expect((await faults(reserved, { refund: { what: 'all' } }))['refund']).toContain('Cancelling the order frees it')
  const collected = await planner.read(shop.delivered(shop.collected(shop.openCash())))
  expect(await faults(collected, { refund: { what: 'all', to: 'payout' } })).toEqual({
    'refund.payee': 'Type in who gets the payout, and on which account.',
  })
  expect((await faults(collected, { refund: { what: 'all', to: 'original' } }))['refund.to']).toContain(
    'was paid in cash',
  )
  expect((await faults(delivered, { refund: { what: 'all', to: 'payout' } }))['refund.to']).toContain(
    'A payout is for orders that were paid in cash',
  )
})

test('shipping that was free', async () => {
  const live = await planner.read(shop.delivered(shop.buy({ shipping: null })))
  expect(await faults(live, { refund: { what: 'shipping' } })).toEqual({
    'refund.what': `No shipping that was paid for ${live.name} is left to give back.`,
  })
})

test('an order that was sent, or sent in part, or is cancelled already', async () => {
  expect(await faults(delivered, { cancel: { lines: null } })).toEqual({
    cancel: `${delivered.name} has been delivered, so it cannot be cancelled. Refund it instead.`,
  })
  const partly = await planner.read(shop.partly())
  expect(await faults(partly, { cancel: { lines: null } })).toEqual({
    cancel: `A part of ${partly.name} has been sent. Cancel the lines that have not.`,
  })
  expect(await faults(partly, { cancel: { lines: [{ lineId: lineId(partly), quantity: 2 }] } })).toEqual({
    'cancel.lines.0.quantity':
      'Of Green tea only 1 can be cancelled, because the rest has been sent or was never ordered.',
  })
  const gone = await planner.read(desk.fern.change(shop.buy().id, { cancelledAt: desk.fern.shop.at() }))
  expect(await faults(gone, { cancel: { lines: null } })).toEqual({ cancel: `${gone.name} is cancelled already.` })
  expect(await faults(waiting, { cancel: { lines: [] } })).toEqual({ 'cancel.lines': 'Choose the lines to cancel.' })
})

test('goods that are out of stock, too few, not sold any more, or more than were ordered', async () => {
  const stocked = (available: number) =>
    again({ ...delivered, goods: delivered.goods.map((goods) => ({ ...goods, oversold: false, available })) })
  const few = { ...delivered, goods: delivered.goods.map((goods) => ({ ...goods, oversold: false, available: 1 })) }
  const none = { ...delivered, goods: delivered.goods.map((goods) => ({ ...goods, oversold: false, available: 0 })) }
  expect(await faults(few, stocked(9))).toEqual({
    'reship.lines.0.quantity': 'Of Green tea only 1 are in stock. Send fewer, or choose something else.',
  })
  expect((await faults(none, stocked(9)))['reship.lines.1.quantity']).toBe(
    'Mug is out of stock. Choose something else to send instead, or refund it.',
  )
  const lines = [{ lineId: lineId(delivered), quantity: 3 }]
  expect(await faults(delivered, again(delivered, { lines }))).toEqual({
    'reship.lines.0.quantity': 'Green tea was ordered 2 times; no more than that can be sent again.',
  })
  const product = desk.fern.shop.tables.products.get(shop.mug.productId)
  if (!product) throw new Error('The mug has a product')
  desk.fern.shop.commit([put('products', { ...product, status: 'ARCHIVED' })])
  const later = await planner.read(shop.delivered(shop.buy()))
  expect(await faults(later, again(delivered, { lines: [{ lineId: lineId(later, 1), quantity: 1 }] }))).toEqual({
    'reship.lines.0.variantId': 'Mug is not sold any more. Choose something else to send instead.',
  })
  desk.fern.shop.commit([put('products', product)])
})

test('more pieces of a line than were ordered, in two parcels', async () => {
  const cup = desk.fern.goods('Saucer', 450, 100)
  const lines = [
    { lineId: lineId(delivered), quantity: 2 },
    { lineId: lineId(delivered), quantity: 1, variantId: cup.variantId },
  ]
  const said = 'Green tea was ordered 2 times; no more than that can be sent again.'
  expect(await faults(delivered, again(delivered, { lines }))).toEqual({
    'reship.lines.0.quantity': said,
    'reship.lines.1.quantity': said,
  })
  const one = lines.map((line) => ({ ...line, quantity: 1 }))
  await expect(planner.plan(delivered, input(again(delivered, { lines: one })))).resolves.toBeDefined()
})

test('lines that are cancelled and must not go back into stock: Shopify would still have them sent', async () => {
  const lines = [{ lineId: lineId(waiting), quantity: 1 }]
  expect(await faults(waiting, { cancel: { lines, restock: false }, refund: { what: 'lines', lines } })).toEqual({
    'cancel.restock':
      'Shopify puts single lines that are cancelled back into stock. Choose that, and correct the stock there if they are not to be sold.',
  })
  await expect(planner.plan(waiting, input({ cancel: { lines: null, restock: false } }))).resolves.toBeDefined()
})

test('another variant is sent instead, at its own price', async () => {
  const cup = desk.fern.goods('Cup', 950, 100)
  const lines = [{ lineId: lineId(delivered), quantity: 2, variantId: cup.variantId }]
  const plan = await planner.plan(delivered, input(again(delivered, { lines })))
  expect(plan.value).toEqual(pounds(1_900))
  expect(plan.plan.steps[0]?.words).toContain('Send 2 × Cup to Ada Moss')
})

test('an address that no parcel reaches', async () => {
  const to = (change: object) => faults(delivered, again(delivered, { address: { ...delivered.address, ...change } }))
  expect(await to({ zip: '12345' })).toEqual({
    'reship.address.zip': '12345 is no postcode of United Kingdom. Write it like SE1 7PB.',
  })
  expect(await to({ country: 'DE', zip: '' })).toEqual({
    'reship.address.zip': 'An empty postcode is no postcode of Germany. Write it like 10115.',
  })
  changePolicy(desk.fern.shop, { shipsTo: ['GB'] })
  const live = await planner.read({ id: delivered.id })
  expect(optionsOf(live).reship.countries).toEqual(['GB'])
  expect(await faults(live, again(live, { address: { ...live.address, country: 'FR', zip: '75004' } }))).toEqual({
    'reship.address.country': 'The shop does not send to France. Choose another address, or refund instead.',
  })
})

test('elsewhere an odd address is a remark, never a refusal', async () => {
  const address = { ...delivered.address, country: 'IE', zip: '', address1: 'The Old Mill', phone: 'none' }
  const plan = await planner.plan({ ...delivered, shipsTo: [] }, input(again(delivered, { address })))
  expect(plan.remarks).toEqual([
    'The address has no postcode. Check that it needs none.',
    'The street has no house number. Check that it needs none.',
    'The phone number looks odd.',
  ])
})

test('a fee that the customer pays must be one', async () => {
  expect(await faults(delivered, again(delivered, { pays: 'customer' }))).toEqual({
    'reship.fee': 'Type in what the customer pays for the sending.',
  })
  expect(await faults(delivered, again(delivered, { pays: 'customer', fee: pounds(-1) }))).toEqual({
    'reship.fee': 'What the customer pays for the sending must be more than zero.',
  })
  expect(await faults(delivered, again(delivered, { fee: pounds(300) }))).toEqual({
    'reship.fee': 'The shop pays for the sending, so it costs the customer nothing. Empty the amount.',
  })
})

test('a gift card that is worth nothing, in a wrong currency, above the limit of the shop, or over before it begins', async () => {
  const card = (change: object) => faults(delivered, { giftCard: { amount: pounds(500), ...change } })
  expect(await card({ amount: pounds(0) })).toEqual({
    'giftCard.amount': 'The gift card must be worth more than zero.',
  })
  expect(await card({ amount: { minor: 500, currency: 'EUR' } })).toEqual({
    'giftCard.amount': 'Gift cards of this shop are in GBP. Type the amount in GBP, not in EUR.',
  })
  const today = desk.clock.now().toISOString().slice(0, 10)
  expect(await card({ expiresOn: today })).toEqual({
    'giftCard.expiresOn': `A gift card that ends on ${today} could not be used. Choose a later day, or none.`,
  })
  expect(
    ActionInput.safeParse({ reason: { code: 'late' }, giftCard: { amount: pounds(1), message: 'x'.repeat(201) } })
      .success,
  ).toBe(false)
  changePolicy(desk.fern.shop, { giftCardLimit: 1_000 })
  const live = await planner.read({ id: delivered.id })
  expect(await faults(live, { giftCard: { amount: pounds(1_001) } })).toEqual({
    'giftCard.amount': 'This shop issues gift cards of at most £10.00. Type that or less.',
  })
})

test('gift cards where the plan of the shop has none, or the order has no customer, or the customer no address', async () => {
  const guest = await planner.read(shop.buy({ customerId: null, email: 'guest@home.example' }))
  expect((await faults(guest, { giftCard: { amount: pounds(500) } }))['giftCard']).toContain(
    'belongs to no customer in Shopify',
  )
  const silent = desk.fern.customer({ email: null, firstName: 'Sol' })
  const live = await planner.read(shop.buy({ customerId: silent.id, email: null }))
  expect((await faults(live, { giftCard: { amount: pounds(500) } }))['giftCard.notify']).toContain(
    'has no e-mail address in Shopify',
  )
  changePolicy(desk.fern.shop, { giftCards: false })
  const there = await planner.read({ id: delivered.id })
  expect(await faults(there, { giftCard: { amount: pounds(500) } })).toEqual({
    giftCard: 'Gift cards are unavailable on the Shopify plan of Fern & Fig. Refund the money, or give store credit.',
  })
  changePolicy(desk.fern.shop, { giftCards: true })
})

test('a test order, and lines that were hit in another order', async () => {
  const testOrder = await planner.read(shop.buy({ test: true }))
  expect((await faults(testOrder, { cancel: { lines: null } }))['']).toContain('is a test order')
  expect(await faults(delivered, { refund: { what: 'all' }, hit: [lineId(waiting)] })).toEqual({
    hit: `A line that was hit is not in ${delivered.name}. Choose it again.`,
  })
})

test('all that is wrong is said at once, each at its field', async () => {
  const found = await faults(delivered, {
    refund: { what: 'amount', amount: pounds(9_999) },
    giftCard: { amount: pounds(0) },
    cancel: { lines: null },
  })
  expect(Object.keys(found).sort()).toEqual(['cancel', 'giftCard.amount', 'refund.amount'])
})

test('an order that is gone, here or in Shopify', async () => {
  const order = shop.buy()
  await desk.settle()
  const id = await planner.idOf(order)
  desk.fern.remove(order.id)
  await expect(planner.read(order)).rejects.toThrow(
    `${order.name} is gone from Shopify, so nothing can be done with it.`,
  )
  const nobody = id.replace(/^.{8}/, '00000000')
  await expect(readForAction(desk.ctx, desk.workspaceId, nobody)).rejects.toThrow('There is no such order here.')
})

test('a shop that took our access away says who can mend it, and everybody reads it from then on', async () => {
  desk.shopify.apps.revokeTokens(FERN, 'desk-app')
  desk.shopify.faults.add({ operation: 'oauth.token', kind: 'token-revoked', times: 1_000 })
  await expect(readForAction(desk.ctx, desk.workspaceId, delivered.orderId)).rejects.toThrow(
    /Connect the shop again|connect/i,
  )
  const { state } = await desk.read((tx) =>
    tx.shop.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: desk.workspaceId, id: desk.shopId(FERN) } } }),
  )
  expect(state).toBe('needs_access')
})
