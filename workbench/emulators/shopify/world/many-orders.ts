import { gidOf, legacyId } from '../graphql/gid.ts'
import type { Shop } from '../shop.ts'
import type { CustomerRecord } from '../store/records/customers.ts'
import type { Gid } from '../store/records/ids.ts'
import type { OrderRecord, TransactionRecord } from '../store/records/orders.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord } from '../store/records/shipping.ts'
import type { Generated } from '../store/table.ts'
import { CARD, transactionsFor } from './paying.ts'
import { fulfillmentOrdersFor, orderFrom } from './purchase.ts'

export interface ManyOrders {
  count: number
  /** When the first was placed; each next one comes `every` milliseconds later. */
  from: Date
  every: number
  /** Who buys, in turn; a third of the count when left out. */
  customers?: number
  locationId: Gid
}

/**
 * Fills a shop with orders, their customers, payments and parcels that are made when they are read, so that a hundred
 * thousand cost no memory. All but the newest tenth were sent. Not journalled; what the shop has besides stays.
 */
export function manyOrders(shop: Shop, many: ManyOrders): { orderId(n: number): Gid; customerId(n: number): Gid } {
  const buyers = many.customers ?? Math.ceil(many.count / 3)
  const sent = Math.floor(many.count * 0.9)
  const all = remembering((n) => made(shop, many, n, buyers, n < sent))
  const ordersOf = (c: number) => Array.from({ length: Math.ceil((many.count - c) / buyers) }, (_, i) => c + i * buyers)
  const buyerOf = (id: string) => numberIn(id, CUSTOMERS, buyers)
  const orders = tableOf(many.count, (n) => all(n).order)
  const byOrder = (lookup: string, id: string) => (lookup === 'orderId' ? [orders.numberOf(id)].filter(known) : [])
  shop.tables.orders.generate({
    ...orders,
    find: (lookup, value) => {
      const buyer =
        lookup === 'customerId' ? buyerOf(value) : lookup === 'email' ? buyerByEmail(value, buyers) : undefined
      if (buyer !== undefined) return ordersOf(buyer)
      return lookup === 'name' ? [numberByName(shop, value, many.count)].filter(known) : []
    },
  })
  shop.tables.transactions.generate({ ...tableOf(many.count, (n) => all(n).transaction), find: byOrder })
  shop.tables.fulfillmentOrders.generate({ ...tableOf(many.count, (n) => all(n).list), find: byOrder })
  shop.tables.fulfillments.generate({
    ...tableOf(sent, (n) => all(n).parcel),
    find: (lookup, id) => byOrder(lookup, id).filter((n) => n < sent),
  })
  shop.tables.customers.generate({
    count: buyers,
    make: (n) => customer(shop, n, many.from),
    numberOf: buyerOf,
    find: (lookup, value) => (lookup === 'email' ? [buyerByEmail(value, buyers)].filter(known) : []),
  })
  return { orderId: (n) => all(n).order.id, customerId: (n) => gidOf('Customer', CUSTOMERS + n) }
}

/** Readers ask for one order's parts one after the other, and for a page of orders beside them. */
function remembering(make: (n: number) => Made): (n: number) => Made {
  const latest = new Map<number, Made>()
  return (n) => {
    const known = latest.get(n) ?? make(n)
    latest.set(n, known)
    const [oldest] = latest.keys()
    if (oldest !== undefined && latest.size > KEPT) latest.delete(oldest)
    return known
  }
}

const KEPT = 64
const ORDERS = 7_000_000_000
const CUSTOMERS = 6_900_000_000
/** Ids set aside for an order and all that hangs on it. */
const EACH = 16
const FIRST_NUMBER = 100_001

interface Made {
  order: OrderRecord
  transaction: TransactionRecord
  list: FulfillmentOrderRecord
  parcel: FulfillmentRecord
}

function made(shop: Shop, { from, every, locationId }: ManyOrders, n: number, buyers: number, sent: boolean): Made {
  let id = ORDERS + n * EACH
  const newGid = (type: string) => gidOf(type, id++)
  const { currency } = shop.seed
  const at = new Date(from.getTime() + n * every).toISOString()
  const purchase = {
    number: FIRST_NUMBER + n,
    name: nameOf(shop, n),
    at,
    customerId: gidOf('Customer', CUSTOMERS + (n % buyers)),
    email: emailOf(n % buyers),
    lines: [
      { title: 'Green tea', sku: 'TEA', price: 1250 + (n % 7) * 50, quantity: 1 + (n % 3) },
      { title: 'Tea pot', sku: 'POT', price: 4000 },
    ],
  }
  const order = orderFrom(purchase, { currency, presentmentCurrency: currency, rate: '1' }, newGid)
  const [transaction] = transactionsFor(order, [CARD], newGid)
  const [list] = fulfillmentOrdersFor(order, locationId, newGid)
  if (!transaction || !list) throw new Error('an order of many has a payment and something to send')
  const done: FulfillmentOrderRecord = {
    ...list,
    status: 'CLOSED',
    lines: list.lines.map((line) => ({ ...line, remaining: 0 })),
  }
  return { order, transaction, list: sent ? done : list, parcel: parcelOf(order, locationId, newGid) }
}

const parcelOf = (
  { id, name, createdAt, lines }: OrderRecord,
  locationId: Gid,
  newGid: (type: string) => Gid,
): FulfillmentRecord => ({
  id: newGid('Fulfillment'),
  orderId: id,
  name: `${name}-F1`,
  status: 'SUCCESS',
  displayStatus: 'FULFILLED',
  createdAt,
  updatedAt: createdAt,
  inTransitAt: null,
  deliveredAt: null,
  estimatedDeliveryAt: null,
  locationId,
  tracking: [{ company: 'Parcelway', number: `PW${legacyId(id)}`, url: null }],
  lines: lines.map((line) => ({ id: newGid('FulfillmentLineItem'), lineId: line.id, quantity: line.quantity })),
  events: [],
})

function customer(shop: Shop, n: number, at: Date): CustomerRecord {
  return {
    id: gidOf('Customer', CUSTOMERS + n),
    firstName: 'Buyer',
    lastName: String(n),
    email: emailOf(n),
    phone: null,
    note: null,
    tags: [],
    locale: 'en',
    addresses: [],
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
    earlier: { orders: 0, spent: { minor: 0, currency: shop.seed.currency } },
    mergedInto: null,
  }
}

/** Records of one kind, one per order; which id belongs to which follows from the first. */
function tableOf<T extends { id: Gid }>(
  count: number,
  make: (n: number) => T,
): Generated<T> & { numberOf(id: Gid): number | undefined } {
  const offset = count === 0 ? 0 : Number(legacyId(make(0).id)) - ORDERS
  return { count, make, numberOf: (id) => numberIn(id, ORDERS + offset, count, EACH) }
}

function numberIn(id: Gid, first: number, count: number, each = 1): number | undefined {
  const n = (Number(legacyId(id)) - first) / each
  return Number.isInteger(n) && n >= 0 && n < count ? n : undefined
}

const emailOf = (n: number) => `buyer-${n}@many.example`

function buyerByEmail(email: string, buyers: number): number | undefined {
  const n = Number(/^buyer-(\d+)@many\.example$/.exec(email)?.[1] ?? Number.NaN)
  return n < buyers ? n : undefined
}

const nameOf = ({ seed }: Shop, n: number) => `${seed.orderPrefix ?? '#'}${FIRST_NUMBER + n}${seed.orderSuffix ?? ''}`

function numberByName(shop: Shop, name: string, count: number): number | undefined {
  const n = Number(/(\d+)/.exec(name)?.[1] ?? Number.NaN) - FIRST_NUMBER
  return n >= 0 && n < count && nameOf(shop, n) === name ? n : undefined
}

const known = (n: number | undefined): n is number => n !== undefined
