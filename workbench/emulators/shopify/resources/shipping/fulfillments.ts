import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import type { FulfillmentRecord } from '../../store/records/shipping.ts'
import { shareOf } from '../bags.ts'
import { lineNet, lineOriginal } from '../orders/totals.ts'
import { partById } from '../orders/visibility.ts'
import { type LineSource, lineById, lineSource, wholeOf } from '../orders/whole.ts'

export interface SentLine {
  id: Gid
  quantity: number
  lineItem: LineSource
}

export const fulfillmentsResource: Resource = {
  nodes: { Fulfillment: (ctx, id) => partById(ctx, 'fulfillments', id) },
  queries: {
    fulfillment: (_: unknown, { id }: { id: Gid }, ctx) => partById(ctx, 'fulfillments', id),
  },
  types: {
    Fulfillment: {
      legacyResourceId: ({ id }: FulfillmentRecord) => legacyId(id),
      order: ({ orderId }: FulfillmentRecord, _args: unknown, { shop }) => shop.tables.orders.get(orderId),
      trackingInfo: ({ tracking }: FulfillmentRecord, { first }: { first?: number }) => tracking.slice(0, first),
      totalQuantity: ({ lines }: FulfillmentRecord) => lines.reduce((units, { quantity }) => units + quantity, 0),
      requiresShipping: () => true,
      location: ({ locationId }: FulfillmentRecord, _args: unknown, { shop }) =>
        locationId && (shop.tables.locations.get(locationId) ?? null),
      fulfillmentLineItems: (fulfillment: FulfillmentRecord, args: PageArgs, ctx) =>
        connectionOf(sentLinesOf(ctx, fulfillment), args),
      fulfillmentOrders: ({ orderId, lines }: FulfillmentRecord, args: PageArgs, { shop }) => {
        const sent = new Set(lines.map(({ lineId }) => lineId))
        const orders = shop.tables.fulfillmentOrders.by('orderId', orderId)
        return connectionOf(
          orders.filter((one) => one.lines.some(({ lineId }) => sent.has(lineId))),
          args,
        )
      },
      events: ({ events }: FulfillmentRecord, args: PageArgs) => connectionOf(events.map(eventOf), args),
      originAddress: () => null,
      service: () => null,
    },
    FulfillmentLineItem: {
      originalTotalSet: ({ lineItem, quantity }: SentLine) =>
        shareOf(lineOriginal(lineItem), quantity, lineItem.quantity),
      discountedTotalSet: ({ lineItem, quantity }: SentLine) => shareOf(lineNet(lineItem), quantity, lineItem.quantity),
    },
  },
}

export function sentLinesOf({ shop }: Ctx, { orderId, lines }: FulfillmentRecord): SentLine[] {
  const whole = wholeOf(shop, shop.tables.orders.get(orderId) as OrderRecord)
  return lines.flatMap(({ id, lineId, quantity }) => {
    const line = lineById(whole, lineId)
    return line ? [{ id, quantity, lineItem: lineSource(whole, line) }] : []
  })
}

const eventOf = (event: FulfillmentRecord['events'][number]) => ({
  ...event,
  createdAt: event.happenedAt,
  estimatedDeliveryAt: null,
  address1: null,
  city: null,
  country: null,
  latitude: null,
  longitude: null,
  province: null,
  zip: null,
})
