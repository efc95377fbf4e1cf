import { lineById, wholeOf } from '../../resources/orders/whole.ts'
import type { Shop } from '../../shop.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord, ReturnRecord } from '../../store/records/shipping.ts'
import { addressPayload } from './addresses.ts'
import { linePayload } from './lines.ts'
import { from, type Payload, same } from './payload.ts'
import { localTime, numberOf } from './wire.ts'

export const fulfillmentPayloads = {
  ...same(['FULFILLMENTS_CREATE', 'FULFILLMENTS_UPDATE'], from<FulfillmentRecord>(fulfillmentPayload)),
  FULFILLMENT_EVENTS_CREATE: from<FulfillmentRecord>(eventPayload),
  ...same(
    ['FULFILLMENT_ORDERS_HOLD_RELEASED', 'FULFILLMENT_ORDERS_PLACED_ON_HOLD'],
    from<FulfillmentOrderRecord>((_, record) => fulfillmentOrderPayload(record)),
  ),
  ...same(['FULFILLMENT_HOLDS_ADDED', 'FULFILLMENT_HOLDS_RELEASED'], from<FulfillmentOrderRecord>(holdPayload)),
  ...same(['RETURNS_APPROVE', 'RETURNS_CLOSE', 'RETURNS_PROCESS'], from<ReturnRecord>(returnPayload)),
}

export function fulfillmentPayload(shop: Shop, fulfillment: FulfillmentRecord): Payload {
  const order = shop.tables.orders.get(fulfillment.orderId)
  const [first] = fulfillment.tracking
  return {
    id: numberOf(fulfillment.id),
    admin_graphql_api_id: fulfillment.id,
    order_id: numberOf(fulfillment.orderId),
    name: fulfillment.name,
    status: fulfillment.status.toLowerCase(),
    shipment_status: shipmentStatus(fulfillment),
    service: 'manual',
    created_at: localTime(shop, fulfillment.createdAt),
    updated_at: localTime(shop, fulfillment.updatedAt),
    location_id: numberOf(fulfillment.locationId),
    tracking_company: first?.company ?? null,
    tracking_number: first?.number ?? null,
    tracking_numbers: fulfillment.tracking.flatMap(({ number }) => number ?? []),
    tracking_url: first?.url ?? null,
    tracking_urls: fulfillment.tracking.flatMap(({ url }) => url ?? []),
    email: order?.email ?? null,
    destination: addressPayload(order?.shippingAddress ?? null),
    line_items: linesOf(shop, fulfillment),
    receipt: {},
  }
}

function linesOf(shop: Shop, { orderId, lines }: FulfillmentRecord): Payload[] {
  const order = shop.tables.orders.get(orderId)
  if (!order) return []
  const whole = wholeOf(shop, order)
  return lines.flatMap(({ lineId, quantity }) => {
    const line = lineById(whole, lineId)
    return line ? [{ ...linePayload(whole, line), quantity }] : []
  })
}

/** The carrier's last word; null until there is one. */
const shipmentStatus = ({ events }: FulfillmentRecord) => events.at(-1)?.status.toLowerCase() ?? null

function eventPayload(shop: Shop, fulfillment: FulfillmentRecord, part: Gid | undefined): Payload {
  const event = fulfillment.events.find(({ id }) => id === part) ?? fulfillment.events.at(-1)
  if (!event) throw new Error(`${fulfillment.id} has no event`)
  return {
    id: numberOf(event.id),
    admin_graphql_api_id: event.id,
    fulfillment_id: numberOf(fulfillment.id),
    order_id: numberOf(fulfillment.orderId),
    status: event.status.toLowerCase(),
    message: event.message,
    happened_at: localTime(shop, event.happenedAt),
    created_at: localTime(shop, event.happenedAt),
    updated_at: localTime(shop, event.happenedAt),
  }
}

/** Topics of fulfilment orders name ids as gids and not the order. */
const fulfillmentOrderPayload = ({ id, status }: FulfillmentOrderRecord): Payload => ({
  fulfillment_order: { id, status: status.toLowerCase() },
})

function holdPayload(_: Shop, record: FulfillmentOrderRecord, part: Gid | undefined): Payload {
  const hold = record.holds.find(({ id }) => id === part)
  return {
    ...fulfillmentOrderPayload(record),
    fulfillment_hold: hold
      ? { id: hold.id, handle: hold.handle, reason: hold.reason.toLowerCase(), reason_notes: hold.reasonNotes }
      : { id: part ?? null },
  }
}

function returnPayload(shop: Shop, record: ReturnRecord): Payload {
  return {
    id: numberOf(record.id),
    admin_graphql_api_id: record.id,
    name: record.name,
    status: record.status.toLowerCase(),
    order: { id: numberOf(record.orderId), admin_graphql_api_id: record.orderId },
    created_at: localTime(shop, record.createdAt),
    closed_at: localTime(shop, record.closedAt),
    return_line_items: record.lines.map(({ id, quantity, note }) => ({
      id: numberOf(id),
      admin_graphql_api_id: id,
      quantity,
      return_reason_note: note ?? '',
    })),
  }
}
