import { afterEach, expect, test } from '@jest/globals'
import {
  GiftCardTaken,
  OrderTaken,
  ShopifyRefused,
  ShopifyThrottled,
  type SuggestionWish,
} from '../../backend/clients/shopify/index.ts'
import type { FaultKind } from '../../workbench/emulators/shopify/faults.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { until } from '../support/until.ts'
import { ADA, TEA, usual } from '../workbench/shopify/shop-with-goods.ts'
import { CLIENT } from '../workbench/shopify/start.ts'
import { type Connected, connected } from './connected.ts'
import { card, refundOf, reship } from './wishes.ts'

let open: Connected
afterEach(() => open.close())

/** One thing that is done in Shopify, ready to be done. */
type Act = {
  /** In Shopify's words, for faults. */
  operation: string
  /** What it leaves in the ledger. */
  effect: string
  begin(mark: string): Promise<{
    act(): Promise<unknown>
    /** Whether it is found afterwards, without knowing more than what was sent. */
    happened(): Promise<boolean>
  }>
  /** What comes of doing it once more. */
  again: 'done' | (new (...given: never[]) => Error)
}

/** The whole order, back to where the money came from. */
const ALL: SuggestionWish = { lines: [], shipping: null, all: true, to: 'original' }

const order = () => buy(open.shop, usual)
const standing = async (id: string) => {
  const found = await open.fern.standing(id, 'money')
  if (!found) throw new Error('the order is gone')
  return found
}
const toSend = async (id: string) => (await standing(id)).fulfilmentOrders[0]?.id ?? ''
/** Short where no answer will come. */
let timeoutMs = 30_000
const patient = () => open.another({ timeoutMs })

const acts: Record<string, Act> = {
  'a refund': {
    operation: 'refundCreate',
    effect: 'refund.made',
    again: 'done',
    async begin(mark) {
      const { id } = order()
      const wish = refundOf(await open.fern.suggestedRefund(id, ALL, 'money'), id, mark)
      return {
        act: () => patient().refund(wish, mark),
        happened: async () => (await standing(id)).refunds.some(({ note }) => note === mark),
      }
    },
  },
  'a cancellation': {
    operation: 'orderCancel',
    effect: 'order.cancelled',
    again: ShopifyRefused,
    async begin(staffNote) {
      const { id } = order()
      const wish = { orderId: id, reason: 'CUSTOMER', restock: true, notify: false, staffNote } as const
      return {
        act: () => patient().cancelOrder(wish),
        happened: async () => {
          open.clock.travel(2_000) // Shopify does it a little later
          return (await standing(id)).staffNote === staffNote
        },
      }
    },
  },
  'a reship': {
    operation: 'orderCreate',
    effect: 'order.made',
    again: OrderTaken,
    async begin(mark) {
      await open.fern.ensureMarkDefinition()
      return {
        act: () => patient().createOrder(reship(mark)),
        happened: async () => (await open.fern.orderByMark(mark, 'money')) !== null,
      }
    },
  },
  'a gift card': {
    operation: 'giftCardCreate',
    effect: 'gift-card.made',
    again: GiftCardTaken,
    async begin(mark) {
      const since = open.shop.now()
      const wish = card(mark)
      const last = wish.code.slice(-4)
      return {
        act: () => patient().createGiftCard(wish),
        happened: async () => (await open.fern.findGiftCard({ mark, last, since })) !== null,
      }
    },
  },
  'taking a gift card back': {
    operation: 'giftCardDeactivate',
    effect: 'gift-card.deactivated',
    again: 'done',
    async begin(mark) {
      const { id } = await open.fern.createGiftCard(card(mark))
      return {
        act: () => patient().deactivateGiftCard(id),
        happened: async () => (await open.fern.giftCard(id, 'money'))?.enabled === false,
      }
    },
  },
  'a hold': {
    operation: 'fulfillmentOrderHold',
    effect: 'hold.placed',
    again: 'done',
    async begin(handle) {
      const { id } = order()
      const waiting = await toSend(id)
      return {
        act: () => patient().hold(waiting, { handle, notes: 'An agent works on this order' }),
        happened: async () =>
          (await standing(id)).fulfilmentOrders.some(({ holds }) =>
            holds.some((hold) => hold.ours && hold.handle === handle),
          ),
      }
    },
  },
  'ending a hold': {
    operation: 'fulfillmentOrderReleaseHold',
    effect: 'hold.released',
    again: 'done',
    async begin(handle) {
      const { id } = order()
      const waiting = await toSend(id)
      const { holdId } = await open.fern.hold(waiting, { handle, notes: '' })
      return {
        act: () => patient().releaseHold(waiting, [holdId]),
        happened: async () => (await standing(id)).fulfilmentOrders.every(({ holds }) => holds.length === 0),
      }
    },
  },
}

/** How an answer is lost before Shopify did anything, and after it did it. */
const BEFORE: FaultKind[] = ['drop-before', '502-before', 'hang']
const AFTER: FaultKind[] = ['drop-after', '502-after', 'hang-after', 'broken-json', 'internal-error']

const made = (effect: string) =>
  open.shop.ledger().effects.filter(({ kind, by }) => kind === effect && by === CLIENT.id)

test.each(Object.entries(acts))('%s whose answer is lost is found again, and done once', async (_name, one) => {
  open = await connected()
  for (const [number, kind] of [...BEFORE, ...AFTER].entries()) {
    const before = made(one.effect).length
    const { act, happened } = await one.begin(`ca:${number}:mark`)
    open.shopify.faults.add({ operation: one.operation, kind })
    const met = () => open.shopify.faults.met(one.operation).filter(({ fault }) => fault === kind).length
    timeoutMs = kind.startsWith('hang') ? 1_500 : 30_000
    await expect(act()).rejects.toMatchObject({ mayHaveHappened: true })
    timeoutMs = 30_000
    await until(
      'Shopify to have taken the call',
      async () => met() === 1 && (await happened()) === AFTER.includes(kind),
    )
    expect([kind, await happened()]).toEqual([kind, AFTER.includes(kind)])
    if (BEFORE.includes(kind)) await act()
    expect([kind, await happened()]).toEqual([kind, true])
    expect([kind, made(one.effect).length - before]).toEqual([kind, 1])
  }
})

test.each(Object.entries(acts))('%s that is done once more', async (_name, one) => {
  open = await connected()
  const { act, happened } = await one.begin('ca:1:mark')
  const first = await act()
  expect(await happened()).toBe(true)
  if (one.again === 'done') expect(await act()).toEqual(first)
  else await expect(act()).rejects.toBeInstanceOf(one.again)
  expect(made(one.effect)).toHaveLength(1)
})

test.each(Object.entries(acts))('%s for which the rate limit has no room is not done', async (_name, one) => {
  open = await connected()
  const { act, happened } = await one.begin('ca:1:mark')
  const before = made(one.effect).length
  for (const kind of ['throttle', '429'] as const) {
    open.shopify.faults.add({ operation: one.operation, kind })
    await expect(act()).rejects.toBeInstanceOf(ShopifyThrottled)
  }
  expect(await happened()).toBe(false)
  expect(made(one.effect)).toHaveLength(before)
})

test('a key that another call still uses says nothing of what becomes of it', async () => {
  open = await connected()
  const { act } = await (acts['a refund'] as Act).begin('ca:1:refund')
  open.shopify.faults.add({ operation: 'refundCreate', kind: 'in-progress' })
  await expect(act()).rejects.toMatchObject({ name: 'ShopifyUnavailable', mayHaveHappened: true })
})

test('a key is good for one wish: another one under it is refused', async () => {
  open = await connected()
  const { id } = order()
  const wish = refundOf(await open.fern.suggestedRefund(id, ALL, 'money'), id, 'ca:1:refund')
  await open.fern.refund(wish, 'one key')
  await expect(open.fern.refund({ ...wish, note: 'ca:2:refund' }, 'one key')).rejects.toThrow(
    'different operation parameters',
  )
  expect(made('refund.made')).toHaveLength(1)
})

test('tags are added to those that are there, however often', async () => {
  open = await connected()
  const { id } = buy(open.shop, { ...usual, tags: ['vip'] })
  for (let time = 0; time < 2; time++) await open.fern.addTags(id, ['spilled', 'vip'])
  expect((await open.fern.order(id, 'person'))?.tags).toEqual(['spilled', 'vip'])
})

test('a reship costs the customer nothing, takes stock from the shelf and waits to be sent', async () => {
  open = await connected()
  await open.fern.ensureMarkDefinition()
  const { id, name } = await open.fern.createOrder({ ...reship('ca:1:reship'), notify: true })
  const made = await open.fern.order(id, 'person')
  expect(made).toMatchObject({
    name,
    sourceIdentifier: 'ca:1:reship',
    financialStatus: 'PAID',
    fulfilmentStatus: 'UNFULFILLED',
    total: { shop: { minor: 0, currency: 'EUR' } },
    customer: { id: ADA },
    shippingAddress: { name: 'Ada Moss', city: 'Berlin', country: 'DE' },
    tags: ['reship'],
  })
  expect((await standing(id)).fulfilmentOrders).toMatchObject([{ status: 'OPEN', lines: [{ remaining: 2 }] }])
  expect((await open.fern.variants([TEA], 'person'))[0]?.available).toBe(18)
  expect(open.shop.ledger().effects.flatMap(({ notice }) => notice ?? [])).toEqual([
    { what: 'order-receipt', to: 'ada@home.example' },
  ])
})

test('a reship whose sending the customer pays waits for that money', async () => {
  open = await connected()
  await open.fern.ensureMarkDefinition()
  const { id } = await open.fern.createOrder({ ...reship('ca:1:reship'), fee: { minor: 450, currency: 'EUR' } })
  expect(await open.fern.order(id, 'person')).toMatchObject({
    financialStatus: 'PENDING',
    outstanding: { shop: { minor: 450, currency: 'EUR' } },
  })
})

test('a reship is found by its mark at once, and by search when the index has it', async () => {
  open = await connected({ indexLag: 30 })
  expect(await open.fern.orderByMark('ca:1:reship', 'money')).toBeNull() // makes the definition on its way
  const { id, name } = await open.fern.createOrder(reship('ca:1:reship'))
  await open.fern.createOrder(reship('ca:11:reship'))
  expect(await open.fern.orderByMark('ca:1:reship', 'money')).toEqual({ id, name, cancelledAt: null })
  expect(await open.fern.ordersBySource('ca:1:reship', 'money')).toEqual([])
  open.clock.travel(31_000)
  expect(await open.fern.ordersBySource('ca:1:reship', 'money')).toEqual([{ id, name, cancelledAt: null }])
})

test('customers hear of a refund and of a cancellation only when that was asked for', async () => {
  open = await connected()
  const { id } = order()
  const wish = refundOf(await open.fern.suggestedRefund(id, ALL, 'money'), id, 'ca:1:refund')
  await open.fern.refund({ ...wish, notify: true }, 'key')
  const other = { orderId: order().id, reason: 'CUSTOMER', restock: true, staffNote: 'ca:2:cancel' } as const
  await open.fern.cancelOrder({ ...other, notify: true })
  await open.fern.cancelOrder({ ...other, orderId: order().id, notify: false })
  await open.shopify.settle()
  open.clock.travel(2_000)
  await open.shopify.settle()
  expect(open.shop.ledger().effects.flatMap(({ notice }) => notice?.what ?? [])).toEqual(['refund', 'order-cancelled'])
  expect(made('order.cancelled')).toHaveLength(2)
  expect(open.shop.ledger().counts['money.refunded']).toBe(1)
})
