import { carryOut, changing, currentWhole } from '../resources/orders/changing.ts'
import { unfulfilledQuantity } from '../resources/orders/quantities.ts'
import { lineById, type Whole } from '../resources/orders/whole.ts'
import { ended } from '../resources/shipping/withdrawing.ts'
import { stockChanges } from '../resources/stock.ts'
import type { Notice, Shop } from '../shop.ts'
import { put } from '../store/entries.ts'
import type { Gid, Instant } from '../store/records/ids.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord } from '../store/records/shipping.ts'

export interface Parcel {
  /** Everything that waits, when left out. */
  lines?: { lineId: Gid; quantity: number }[]
  tracking?: { company: string; number: string; url?: string | null }
  expectedAt?: Instant
}

/** The warehouse packs what waits and hands it to a carrier. @throws Error when nothing can be sent */
export function ship(shop: Shop, orderId: Gid, parcel: Parcel = {}): FulfillmentRecord {
  const whole = currentWhole(shop, orderId)
  const open = whole.fulfillmentOrders.filter(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')
  const { packed, sent } = packing(open, parcel.lines, shop.at())
  if (sent.length === 0) throw new Error(`${whole.order.name} has nothing that waits to be sent`)
  const fulfillment = fulfillmentOf(shop, whole, parcel, sent, packed[0]?.locationId ?? null)
  const moves = sent.map(({ lineId, quantity }) => ({
    variantId: lineById(whole, lineId)?.variantId ?? null,
    locationId: fulfillment.locationId,
    units: quantity,
    how: 'ship' as const,
  }))
  const { order, changes, notices } = changing(shop, whole.order)
  carryOut(shop, {
    changes: [
      ...changes,
      put('fulfillments', fulfillment),
      ...packed.map((one) => put('fulfillmentOrders', one)),
      ...stockChanges(shop, moves),
      shop.effect('parcel.sent', { subjectId: order.id, words: `${fulfillment.name} was sent` }),
    ],
    notices: [{ topic: 'FULFILLMENTS_CREATE', record: fulfillment }, fulness(whole, fulfillment, order), ...notices],
  })
  return fulfillment
}

/** What a carrier reports of a parcel. */
export interface Scan {
  /** FulfillmentEventStatus, for example IN_TRANSIT, OUT_FOR_DELIVERY, ATTEMPTED_DELIVERY, DELIVERED. */
  status: string
  message?: string
  /** When it happened; now when left out. */
  at?: Instant
}

export function scan(shop: Shop, fulfillmentId: Gid, { status, message, at = shop.at() }: Scan): FulfillmentRecord {
  const before = known(shop, fulfillmentId)
  const event = { id: shop.newGid('FulfillmentEvent'), status, message: message ?? null, happenedAt: at }
  const moves = ['IN_TRANSIT', 'OUT_FOR_DELIVERY'].includes(status)
  const fulfillment: FulfillmentRecord = {
    ...before,
    displayStatus: status,
    inTransitAt: before.inTransitAt ?? (moves ? at : null),
    deliveredAt: status === 'DELIVERED' ? at : before.deliveredAt,
    updatedAt: shop.at(),
    events: [...before.events, event],
  }
  const { changes, notices } = changing(shop, currentWhole(shop, before.orderId).order)
  carryOut(shop, {
    changes: [...changes, put('fulfillments', fulfillment)],
    notices: [
      { topic: 'FULFILLMENT_EVENTS_CREATE', record: fulfillment, part: event.id },
      { topic: 'FULFILLMENTS_UPDATE', record: fulfillment },
      ...notices,
    ],
  })
  return fulfillment
}

export const deliver = (shop: Shop, fulfillmentId: Gid, at?: Instant): FulfillmentRecord =>
  scan(shop, fulfillmentId, { status: 'DELIVERED', message: 'Delivered', ...(at ? { at } : {}) })

/** The carrier gives the parcel another number, or its first one. */
export function track(shop: Shop, fulfillmentId: Gid, tracking: Required<Parcel>['tracking']): FulfillmentRecord {
  const before = known(shop, fulfillmentId)
  const fulfillment = { ...before, tracking: [{ url: null, ...tracking }], updatedAt: shop.at() }
  const { changes, notices } = changing(shop, currentWhole(shop, before.orderId).order)
  carryOut(shop, {
    changes: [...changes, put('fulfillments', fulfillment)],
    notices: [{ topic: 'FULFILLMENTS_UPDATE', record: fulfillment }, ...notices],
  })
  return fulfillment
}

function known(shop: Shop, id: Gid): FulfillmentRecord {
  const fulfillment = shop.tables.fulfillments.get(id)
  if (!fulfillment) throw new Error(`${shop.domain} has no parcel ${id}`)
  return fulfillment
}

/** The lists with less to send, and what goes into the parcel. */
function packing(open: FulfillmentOrderRecord[], wanted: Parcel['lines'], at: Instant) {
  const left = wanted && new Map(wanted.map(({ lineId, quantity }) => [lineId, quantity]))
  const sent: { lineId: Gid; quantity: number }[] = []
  const packed = open.map((one) => {
    const lines = one.lines.map((line) => {
      const quantity = Math.min(line.remaining, left ? (left.get(line.lineId) ?? 0) : line.remaining)
      left?.set(line.lineId, (left.get(line.lineId) ?? 0) - quantity)
      if (quantity > 0) sent.push({ lineId: line.lineId, quantity })
      return { ...line, remaining: line.remaining - quantity }
    })
    return ended({ ...one, status: 'IN_PROGRESS', lines, updatedAt: at })
  })
  const unpackable = [...(left ?? [])].find(([, units]) => units > 0)
  if (unpackable) throw new Error(`${unpackable[1]} of ${unpackable[0]} do not wait to be sent`)
  return { packed, sent }
}

function fulfillmentOf(
  shop: Shop,
  { order, fulfillments }: Whole,
  { tracking, expectedAt }: Parcel,
  sent: { lineId: Gid; quantity: number }[],
  locationId: Gid | null,
): FulfillmentRecord {
  const at = shop.at()
  return {
    id: shop.newGid('Fulfillment'),
    orderId: order.id,
    name: `${order.name}-F${fulfillments.length + 1}`,
    status: 'SUCCESS',
    displayStatus: 'FULFILLED',
    createdAt: at,
    updatedAt: at,
    inTransitAt: null,
    deliveredAt: null,
    estimatedDeliveryAt: expectedAt ?? null,
    locationId,
    tracking: tracking ? [{ url: null, ...tracking }] : [],
    lines: sent.map((line) => ({ id: shop.newGid('FulfillmentLineItem'), ...line })),
    events: [],
  }
}

function fulness(whole: Whole, fulfillment: FulfillmentRecord, record: Whole['order']): Notice {
  const now = { ...whole, fulfillments: [...whole.fulfillments, fulfillment] }
  const waits = now.order.lines.some((line) => line.requiresShipping && unfulfilledQuantity(now, line) > 0)
  return { topic: waits ? 'ORDERS_PARTIALLY_FULFILLED' : 'ORDERS_FULFILLED', record }
}
