import { afterEach, expect, test } from '@jest/globals'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { letBank, settleRefund } from '../../workbench/emulators/shopify/world/bank.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { refund } from '../../workbench/emulators/shopify/world/owner.ts'
import { ship } from '../../workbench/emulators/shopify/world/warehouse.ts'
import { usual } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'
import { refundOf } from './wishes.ts'

let open: Connected
afterEach(() => open.close())

test('how far an order has come: what was sent, refunded, held and is left', async () => {
  open = await connected()
  const { id, name, lines } = buy(open.shop, usual)
  const [teas, pot] = lines.map((line) => line.id)
  const before = await open.fern.standing(id, 'money')
  const waiting = before?.fulfilmentOrders[0]?.id ?? ''
  const parcel = ship(open.shop, id, { lines: [{ lineId: teas ?? '', quantity: 1 }] })
  const { holdId } = await open.fern.hold(waiting, { handle: 'ca:1:hold', notes: 'An agent works on it' })
  const suggested = await open.fern.suggestedRefund(
    id,
    { lines: [{ lineId: pot ?? '', quantity: 1, restock: 'CANCEL' }], shipping: null, all: false, to: 'original' },
    'money',
  )
  const { id: refundId } = await open.fern.refund(
    { ...refundOf(suggested, id, 'ca:1:refund'), lines: [{ lineId: pot ?? '', quantity: 1, restock: 'CANCEL' }] },
    'key',
  )
  expect(await open.fern.standing(id, 'money')).toMatchObject({
    id,
    name,
    cancelledAt: null,
    staffNote: null,
    financialStatus: 'PARTIALLY_REFUNDED',
    closed: false,
    refunded: { shop: { minor: 4_000, currency: 'EUR' } },
    refunds: [
      { id: refundId, note: 'ca:1:refund', transactions: [{ status: 'SUCCESS', gateway: 'shopify_payments' }] },
    ],
    parcels: [{ id: parcel.id, status: 'SUCCESS' }],
    lines: [
      { id: teas, quantity: 2, currentQuantity: 2, refundable: 2, unfulfilled: 1 },
      { id: pot, quantity: 1, currentQuantity: 0, refundable: 0, unfulfilled: 0 },
    ],
    fulfilmentOrders: [
      {
        id: waiting,
        status: 'ON_HOLD',
        holds: [{ id: holdId, handle: 'ca:1:hold', reason: 'OTHER', ours: true }],
        lines: [
          { lineId: teas, remaining: 1 },
          { lineId: pot, remaining: 0 },
        ],
      },
    ],
  })
})

test('every line, refund and parcel counts, however many there are', async () => {
  open = await connected()
  const { id } = buy(open.shop, {
    ...usual,
    lines: Array.from({ length: 120 }, (_, number) => ({ title: `Tea ${number}`, price: 100, quantity: 1 })),
  })
  const all = await open.fern.standing(id, 'money')
  expect(all?.lines).toHaveLength(120)
  expect(new Set(all?.lines.map((line) => line.id)).size).toBe(120)
  expect(all?.fulfilmentOrders.flatMap(({ lines }) => lines)).toHaveLength(120)
  for (const { id: lineId } of all?.lines.slice(0, 12) ?? []) {
    ship(open.shop, id, { lines: [{ lineId, quantity: 1 }] })
    refund(open.shop, id, 10)
  }
  const now = await open.fern.standing(id, 'money')
  expect(now?.parcels).toHaveLength(12)
  expect(now?.refunds.map(({ amount }) => amount.shop.minor)).toEqual(Array(12).fill(10))
  expect(now?.refunded.shop.minor).toBe(120)
})

test('an order that is split into many lists for the warehouse is read to the last of them', async () => {
  open = await connected()
  const { id } = buy(open.shop, usual)
  const [one] = open.shop.tables.fulfillmentOrders.by('orderId', id)
  if (!one) throw new Error('nothing is to be sent')
  const more = Array.from({ length: 70 }, () =>
    put('fulfillmentOrders', { ...one, id: open.shop.newGid('FulfillmentOrder') }),
  )
  open.shop.commit(more)
  expect((await open.fern.standing(id, 'money'))?.fulfilmentOrders).toHaveLength(71)
})

test('an order that changes while its pages are read is begun again; one that keeps changing is given up for now', async () => {
  open = await connected()
  const { id } = buy(open.shop, {
    ...usual,
    lines: Array.from({ length: 60 }, (_, number) => ({ title: `Tea ${number}`, price: 100, quantity: 1 })),
  })
  let changes = 0
  let calls = 0
  const changing = (most: number) =>
    open.another({}, () => {
      if (++calls % 2 === 0 && changes < most) {
        changes++
        open.clock.travel(1_000)
        refund(open.shop, id, 10)
      }
    })
  expect((await changing(1).standing(id, 'money'))?.refunds).toHaveLength(1)
  ;[changes, calls] = [0, 0]
  await expect(changing(99).standing(id, 'money')).rejects.toThrow('keeps changing')
})

test('an order in two currencies is suggested and refunded in both', async () => {
  open = await connected()
  const { id } = buy(open.shop, { ...usual, seenIn: { currency: 'SEK', rate: '10' } })
  const suggested = await open.fern.suggestedRefund(
    id,
    { lines: [], shipping: null, all: true, to: 'original' },
    'money',
  )
  expect(suggested).toMatchObject({
    amount: { shop: { minor: 700, currency: 'EUR' }, presentment: { minor: 7_000, currency: 'SEK' } },
    shipping: { amount: { shop: { minor: 50 } } },
    transactions: [{ gateway: 'shopify_payments', amount: { presentment: { minor: 7_000, currency: 'SEK' } } }],
  })
  const wish = refundOf(suggested, id, 'ca:1:refund')
  await expect(open.fern.refund(wish, 'one')).rejects.toThrow('Currency is required')
  const made = await open.fern.refund({ ...wish, currency: 'SEK' }, 'two')
  expect(made.amount).toEqual({
    shop: { minor: 700, currency: 'EUR' },
    presentment: { minor: 7_000, currency: 'SEK' },
  })
  expect(await open.fern.refundById(made.id, 'money')).toEqual(made)
})

test('a part of the shipping, and lines without the rest, are suggested as they are asked for', async () => {
  open = await connected()
  const { id, lines } = buy(open.shop, usual)
  const units = [{ lineId: lines[0]?.id ?? '', quantity: 1, restock: 'NO_RESTOCK' as const }]
  const ask = (shipping: 'all' | { minor: number; currency: string } | null) =>
    open.fern.suggestedRefund(id, { lines: units, shipping, all: false, to: 'original' }, 'person')
  const sums = [await ask(null), await ask('all'), await ask({ minor: 200, currency: 'EUR' })]
  expect(sums.map(({ amount }) => amount.shop.minor)).toEqual([1_250, 1_750, 1_450])
})

test('store credit is suggested without payments, and given under the same key once', async () => {
  open = await connected()
  const { id } = buy(open.shop, usual)
  const wish = { lines: [], shipping: null, all: true, to: 'store_credit' as const }
  const suggested = await open.fern.suggestedRefund(id, wish, 'money')
  expect(suggested).toMatchObject({ amount: { presentment: { minor: 7_000 } }, transactions: [] })
  const refunding = {
    ...refundOf(suggested, id, 'ca:1:refund'),
    storeCredit: suggested.amount.presentment,
  }
  const [one, two] = [await open.fern.refund(refunding, 'key'), await open.fern.refund(refunding, 'key')]
  expect(two).toEqual(one)
  expect(one.transactions).toMatchObject([{ gateway: 'shopify_store_credit', status: 'SUCCESS' }])
})

test('a refund that the bank holds back says so until it has arrived', async () => {
  open = await connected()
  letBank(open.shop, 'when-told')
  const { id } = buy(open.shop, usual)
  const all = { lines: [], shipping: null, all: true, to: 'original' as const }
  const made = await open.fern.refund(refundOf(await open.fern.suggestedRefund(id, all, 'money'), id, 'm'), 'key')
  expect(made.transactions.map(({ status }) => status)).toEqual(['PENDING'])
  settleRefund(open.shop, made.transactions[0]?.id ?? '')
  const later = await open.fern.refundById(made.id, 'background')
  expect(later?.transactions.map(({ status }) => status)).toEqual(['SUCCESS'])
})

test('what changed comes with the marks that it bears, oldest change first', async () => {
  open = await connected()
  const since = open.shop.now()
  const orders = Array.from({ length: 12 }, () => {
    open.clock.travel(1_000)
    return buy(open.shop, { ...usual, lines: [{ title: 'Tea', price: 10_000 }] })
  })
  const [first] = orders
  for (let n = 0; n < 7; n++) refund(open.shop, first?.id ?? '', 100, `ca:${n}:refund`)
  const found = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof open.fern.marksOf>> = await open.fern.marksOf({ since, after }, 'background')
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  expect(found.map(({ name }) => name).sort()).toEqual(orders.map(({ name }) => name).sort())
  const marks = found.find(({ id }) => id === first?.id)?.refunds.map(({ note }) => note)
  expect(marks?.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `ca:${n}:refund`))
})
