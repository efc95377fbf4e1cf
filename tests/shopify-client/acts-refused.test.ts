import { afterEach, expect, test } from '@jest/globals'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { refund } from '../../workbench/emulators/shopify/world/owner.ts'
import { ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { ship } from '../../workbench/emulators/shopify/world/warehouse.ts'
import { POT, TEA, usual } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'
import { card, refundOf, reship } from './wishes.ts'

let open: Connected
afterEach(() => open.close())

const order = () => buy(open.shop, usual)
const suggestion = (id: string) =>
  open.fern.suggestedRefund(id, { lines: [], shipping: null, all: true, to: 'original' }, 'money')
const cancel = (id: string) =>
  open.fern.cancelOrder({ orderId: id, reason: 'CUSTOMER', restock: true, notify: false, staffNote: 'ca:1:cancel' })
const done = () => open.shop.ledger().effects.filter(({ by }) => by !== null)

test('more money than the shop still has of an order is refused, with both sums', async () => {
  open = await connected()
  const { id } = order()
  const wish = refundOf(await suggestion(id), id, 'ca:1:refund')
  refund(open.shop, id, 1_000) // somebody was quicker
  await expect(open.fern.refund(wish, 'key')).rejects.toMatchObject({
    name: 'ShopifyRefused',
    message: expect.stringContaining('greater than net payment received'),
  })
  expect(done()).toEqual([])
})

test('more units than were bought are refused', async () => {
  open = await connected()
  const { id, lines } = order()
  const wish = refundOf(await suggestion(id), id, 'ca:1:refund')
  const units = { lineId: lines[0]?.id ?? '', quantity: 3, restock: 'CANCEL' } as const
  await expect(open.fern.refund({ ...wish, lines: [units] }, 'key')).rejects.toThrow('more items than were purchased')
})

test('an order whose cash was not collected has nothing to give back, and its lines can still be taken out', async () => {
  open = await connected()
  const { id, lines } = buy(open.shop, { ...usual, paid: [ON_DELIVERY] })
  const suggested = await suggestion(id)
  expect(suggested).toMatchObject({ maximum: { shop: { minor: 0 } }, transactions: [] })
  const units = { lineId: lines[1]?.id ?? '', quantity: 1, restock: 'CANCEL' } as const
  const made = await open.fern.refund({ ...refundOf(suggested, id, 'ca:1:refund'), lines: [units] }, 'key')
  expect(made).toMatchObject({ amount: { shop: { minor: 0, currency: 'EUR' } }, transactions: [] })
  expect((await open.fern.standing(id, 'money'))?.lines.map(({ currentQuantity }) => currentQuantity)).toEqual([2, 0])
})

test('goods that are sold out are not sent again, and the refusal says so by its code', async () => {
  open = await connected()
  await open.fern.ensureMarkDefinition()
  const lines = [{ variantId: TEA, quantity: 21 }]
  await expect(open.fern.createOrder({ ...reship('ca:1:reship'), lines })).rejects.toMatchObject({
    userErrors: [{ code: 'INVENTORY_CLAIM_FAILED' }],
  })
  expect(await open.fern.orderByMark('ca:1:reship', 'money')).toBeNull()
  const gone = [{ variantId: 'gid://shopify/ProductVariant/999', quantity: 1 }]
  await expect(open.fern.createOrder({ ...reship('ca:1:reship'), lines: gone })).rejects.toThrow(
    'Variant does not exist',
  )
})

test('goods that are sold although none is left are sent again', async () => {
  open = await connected()
  await open.fern.ensureMarkDefinition()
  const pot = open.shop.tables.variants.get(POT)
  if (pot) open.shop.commit([put('variants', { ...pot, inventoryPolicy: 'CONTINUE' })])
  const lines = [{ variantId: POT, quantity: 21 }]
  await open.fern.createOrder({ ...reship('ca:1:reship'), lines })
  expect((await open.fern.variants([POT], 'person'))[0]).toMatchObject({ available: -1, oversold: true, forSale: true })
})

test('a development shop takes five orders a minute', async () => {
  open = await connected()
  open.shop.seed = { ...open.shop.seed, plan: 'development' }
  await open.fern.ensureMarkDefinition()
  for (let n = 0; n < 5; n++) await open.fern.createOrder(reship(`ca:${n}:reship`))
  await expect(open.fern.createOrder(reship('ca:6:reship'))).rejects.toThrow('Too many attempts')
  open.clock.travel(61_000)
  await open.fern.createOrder(reship('ca:6:reship'))
})

test('gift cards that the plan does not have, or that are worth too much, are refused with Shopify’s words', async () => {
  open = await connected()
  changePolicy(open.shop, { giftCardLimit: 900 })
  expect(await open.fern.giftCardLimit('person')).toEqual({ minor: 900, currency: 'EUR' })
  await expect(open.fern.createGiftCard(card('ca:1:gift'))).rejects.toMatchObject({
    name: 'ShopifyRefused',
    userErrors: [{ code: 'GIFT_CARD_LIMIT_EXCEEDED' }],
  })
  changePolicy(open.shop, { giftCards: false, giftCardLimit: null })
  expect(await open.fern.giftCardLimit('person')).toBeNull()
  await expect(open.fern.createGiftCard(card('ca:1:gift'))).rejects.toThrow('Gift cards are unavailable on your plan.')
  expect(done()).toEqual([])
})

test('an order of which a parcel left is not cancelled, even when it leaves while Shopify is at it', async () => {
  open = await connected()
  const sent = order()
  ship(open.shop, sent.id)
  await expect(cancel(sent.id)).rejects.toThrow('fulfillments')
  const late = order()
  const { jobId } = await cancel(late.id)
  expect(await open.fern.cancelJob(jobId ?? '')).toEqual({ done: false, failed: [] })
  ship(open.shop, late.id)
  open.clock.travel(2_000)
  expect(await open.fern.cancelJob(jobId ?? '')).toEqual({
    done: true,
    failed: [expect.stringContaining('fulfillments')],
  })
  expect((await open.fern.standing(late.id, 'money'))?.cancelledAt).toBeNull()
})

test('a held order is cancelled, and nothing of it is left to be sent or released', async () => {
  open = await connected()
  const { id } = order()
  const waiting = (await open.fern.standing(id, 'money'))?.fulfilmentOrders[0]?.id ?? ''
  const { holdId } = await open.fern.hold(waiting, { handle: 'ca:1:hold', notes: '' })
  const { jobId } = await cancel(id)
  open.clock.travel(2_000)
  expect(await open.fern.cancelJob(jobId ?? '')).toEqual({ done: true, failed: [] })
  const after = await open.fern.standing(id, 'money')
  expect(after).toMatchObject({ staffNote: 'ca:1:cancel', cancelReason: 'CUSTOMER', refunded: { shop: { minor: 0 } } })
  expect(after?.fulfilmentOrders.flatMap(({ lines }) => lines.map(({ remaining }) => remaining))).toEqual([0, 0])
  await open.fern.releaseHold(waiting, [holdId])
})

test('what was sent cannot be held any more', async () => {
  open = await connected()
  const { id } = order()
  const waiting = (await open.fern.standing(id, 'money'))?.fulfilmentOrders[0]?.id ?? ''
  ship(open.shop, id)
  await expect(open.fern.hold(waiting, { handle: 'ca:1:hold', notes: '' })).rejects.toThrow('not in a state')
})

test('money goes back after the order was cancelled, and before', async () => {
  open = await connected()
  const [first, second] = [order(), order()]
  await cancel(first.id)
  open.clock.travel(2_000)
  const after = await open.fern.refund(refundOf(await suggestion(first.id), first.id, 'ca:1:refund'), 'one')
  const before = await open.fern.refund(refundOf(await suggestion(second.id), second.id, 'ca:2:refund'), 'two')
  await cancel(second.id)
  open.clock.travel(2_000)
  expect((await open.fern.standing(second.id, 'money'))?.staffNote).toBe('ca:1:cancel')
  expect([before, after].map(({ order: { refunded } }) => refunded.shop.minor)).toEqual([
    7_000,
    after.amount.shop.minor,
  ])
})

test('an order that nobody has is neither refunded nor held nor found', async () => {
  open = await connected()
  const nowhere = 'gid://shopify/Order/999'
  await expect(suggestion(nowhere)).rejects.toThrow('no longer in the shop')
  await expect(cancel(nowhere)).rejects.toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] })
  expect(await open.fern.standing(nowhere, 'money')).toBeNull()
  expect(await open.fern.refundById('gid://shopify/Refund/999', 'money')).toBeNull()
  expect(await open.fern.giftCard('gid://shopify/GiftCard/999', 'money')).toBeNull()
})
