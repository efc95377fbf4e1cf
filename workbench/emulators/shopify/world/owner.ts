import { nothing } from '../resources/bags.ts'
import { carryOut, changing, currentWhole } from '../resources/orders/changing.ts'
import { successful } from '../resources/orders/payments.ts'
import { tooMuch } from '../resources/payments/refund-input.ts'
import type { PaymentBack } from '../resources/payments/refund-payments.ts'
import { refunding } from '../resources/payments/refunding.ts'
import type { Shop } from '../shop.ts'
import { type Change, drop, put } from '../store/entries.ts'
import type { Address } from '../store/records/address.ts'
import type { Gid } from '../store/records/ids.ts'
import type { OrderRecord, RefundRecord } from '../store/records/orders.ts'
import type { FulfillmentOrderRecord } from '../store/records/shipping.ts'

/** What people do to an order in Shopify's own pages. */

export const editAddress = (shop: Shop, orderId: Gid, address: Partial<Address>): OrderRecord =>
  edit(shop, orderId, ({ shippingAddress }) => ({
    shippingAddress: { ...(shippingAddress ?? NO_ADDRESS), ...address },
  }))

export const tag = (shop: Shop, orderId: Gid, ...tags: string[]): OrderRecord =>
  edit(shop, orderId, (order) => ({ tags: [...new Set([...order.tags, ...tags])] }))

export const writeNote = (shop: Shop, orderId: Gid, note: string | null): OrderRecord =>
  edit(shop, orderId, () => ({ note }))

export const archive = (shop: Shop, orderId: Gid): OrderRecord => edit(shop, orderId, () => ({ closedAt: shop.at() }))

/** Money back without lines, as goodwill. Amount in the smallest unit of the customer's currency. */
export function refund(shop: Shop, orderId: Gid, minor: number, note: string | null = null): RefundRecord {
  const whole = currentWhole(shop, orderId)
  const excess = tooMuch(whole, minor)
  if (excess) throw new Error(excess.message)
  const parent = successful(whole, 'SALE', 'CAPTURE').find(({ amount }) => amount.presentment.minor >= minor)
  if (!parent) throw new Error(`no single payment of ${whole.order.name} brought that much`)
  const payments: PaymentBack[] = [{ parent, minor }]
  const { refund: made, ...act } = refunding(shop, whole, {
    leaving: [],
    shipping: nothing(whole.order),
    payments,
    storeCredit: null,
    note,
    notify: false,
    processedAt: null,
    returnId: null,
    by: null,
  })
  carryOut(shop, act)
  return made
}

/** Stops the warehouse. @throws Error when nothing waits there */
export function putOnHold(shop: Shop, orderId: Gid, reason: string, reasonNotes: string | null = null): void {
  const { order, fulfillmentOrders } = currentWhole(shop, orderId)
  const waiting = fulfillmentOrders.filter(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')
  if (waiting.length === 0) throw new Error(`${order.name} has nothing that waits to be sent`)
  const holds = waiting.map((one) => {
    const hold = {
      id: shop.newGid('FulfillmentHold'),
      handle: null,
      reason,
      reasonNotes,
      appId: null,
      externalId: null,
    }
    const held: FulfillmentOrderRecord = {
      ...one,
      status: 'ON_HOLD',
      holds: [...one.holds, hold],
      updatedAt: shop.at(),
    }
    return { held, part: hold.id }
  })
  carryOut(
    shop,
    ...holds.map(({ held: record, part }) => ({
      changes: [put('fulfillmentOrders', record)],
      notices: [
        { topic: 'FULFILLMENT_ORDERS_PLACED_ON_HOLD', record },
        { topic: 'FULFILLMENT_HOLDS_ADDED', record, part },
      ],
    })),
    changing(shop, order),
  )
}

/** Lets the warehouse go on. */
export function endHold(shop: Shop, orderId: Gid): void {
  const { order, fulfillmentOrders } = currentWhole(shop, orderId)
  const held = fulfillmentOrders.filter(({ status }) => status === 'ON_HOLD')
  if (held.length === 0) throw new Error(`${order.name} is not on hold`)
  carryOut(
    shop,
    ...held.map((one) => {
      const record: FulfillmentOrderRecord = { ...one, status: 'OPEN', holds: [], updatedAt: shop.at() }
      const ended = one.holds.map(({ id }) => ({ topic: 'FULFILLMENT_HOLDS_RELEASED', record, part: id }))
      return {
        changes: [put('fulfillmentOrders', record)],
        notices: [...ended, { topic: 'FULFILLMENT_ORDERS_HOLD_RELEASED', record }],
      }
    }),
    changing(shop, order),
  )
}

/** The order is gone for good, with all that hung on it. */
export function deleteOrder(shop: Shop, orderId: Gid): void {
  const whole = currentWhole(shop, orderId)
  const parts = ['transactions', 'refunds', 'fulfillments', 'fulfillmentOrders', 'returns', 'disputes'] as const
  const drops = parts.flatMap((table) => whole[table].map(({ id }): Change => drop(table, id)))
  const said = shop.tables.metafields.by('ownerId', orderId).map(({ id }) => drop('metafields', id))
  const gone = shop.effect('order.deleted', { subjectId: orderId, words: `Order ${whole.order.name} was deleted` })
  shop.commit([drop('orders', orderId), ...drops, ...said, gone], [{ topic: 'ORDERS_DELETE', record: whole.order }])
}

function edit(shop: Shop, orderId: Gid, patch: (order: OrderRecord) => Partial<OrderRecord>): OrderRecord {
  const before = currentWhole(shop, orderId).order
  const act = changing(shop, before, patch(before))
  carryOut(shop, act)
  return act.order
}

const NO_ADDRESS: Address = {
  firstName: null,
  lastName: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  province: null,
  provinceCode: null,
  zip: null,
  country: null,
  countryCode: null,
  phone: null,
}
