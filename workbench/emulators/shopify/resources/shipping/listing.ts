import type { Shop } from '../../shop.ts'
import type { LineRecord, OrderRecord } from '../../store/records/orders.ts'
import type { FulfillmentOrderRecord } from '../../store/records/shipping.ts'
import { mainLocation } from '../stock.ts'

/** A new list for the warehouse; nothing when there is nothing on it. */
export function listing(
  shop: Shop,
  order: OrderRecord,
  lines: { line: LineRecord; units: number }[],
): FulfillmentOrderRecord | undefined {
  if (lines.length === 0) return undefined
  return {
    id: shop.newGid('FulfillmentOrder'),
    orderId: order.id,
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    locationId: mainLocation(shop),
    createdAt: shop.at(),
    updatedAt: shop.at(),
    destination: order.shippingAddress,
    lines: lines.map(({ line, units }) => ({
      id: shop.newGid('FulfillmentOrderLineItem'),
      lineId: line.id,
      total: units,
      remaining: units,
    })),
    holds: [],
  }
}
