import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import type { FulfillmentOrderRecord, HoldRecord } from '../../store/records/shipping.ts'
import { orderById, partById } from '../orders/visibility.ts'
import { lineById, lineSource, wholeOf } from '../orders/whole.ts'

export const fulfillmentOrdersResource: Resource = {
  nodes: { FulfillmentOrder: (ctx, id) => partById(ctx, 'fulfillmentOrders', id) },
  queries: {
    fulfillmentOrder: (_: unknown, { id }: { id: Gid }, ctx) => partById(ctx, 'fulfillmentOrders', id),
    fulfillmentOrders: (_: unknown, args: PageArgs & { includeClosed: boolean }, ctx) => {
      const all = [...ctx.shop.tables.fulfillmentOrders.all()].filter(({ orderId }) => orderById(ctx, orderId))
      return connectionOf(args.includeClosed ? all : all.filter(({ status }) => !ENDED.has(status)), args)
    },
  },
  types: {
    FulfillmentOrder: {
      order: ({ orderId }: FulfillmentOrderRecord, _args: unknown, { shop }) => shop.tables.orders.get(orderId),
      orderName: (one: FulfillmentOrderRecord, _args: unknown, ctx) => orderOf(ctx, one).name,
      orderProcessedAt: (one: FulfillmentOrderRecord, _args: unknown, ctx) => orderOf(ctx, one).processedAt,
      assignedLocation: ({ locationId }: FulfillmentOrderRecord, _args: unknown, { shop }) => {
        const location = shop.tables.locations.get(locationId)
        return {
          ...NO_ADDRESS,
          name: location?.name ?? '',
          city: location?.city ?? null,
          countryCode: location?.countryCode,
          location: location ?? null,
        }
      },
      fulfillmentHolds: ({ holds }: FulfillmentOrderRecord) => holds,
      supportedActions: ({ status }: FulfillmentOrderRecord) =>
        (ACTIONS[status] ?? []).map((action) => ({ action, externalUrl: null })),
      lineItems: (one: FulfillmentOrderRecord, args: PageArgs, ctx) => connectionOf(linesOf(ctx, one), args),
      fulfillments: ({ orderId, lines }: FulfillmentOrderRecord, args: PageArgs, { shop }) => {
        const mine = new Set(lines.map(({ lineId }) => lineId))
        const all = shop.tables.fulfillments.by('orderId', orderId)
        return connectionOf(
          all.filter((sent) => sent.lines.some(({ lineId }) => mine.has(lineId))),
          args,
        )
      },
      deliveryMethod: () => null,
      destination: () => null,
      fulfillAt: () => null,
      fulfillBy: () => null,
      internationalDuties: () => null,
    },
    FulfillmentHold: {
      displayReason: ({ reason }: HoldRecord) => reason.toLowerCase().replaceAll('_', ' '),
      heldByRequestingApp: ({ appId }: HoldRecord, _args: unknown, { app }) => appId === app.clientId,
    },
  },
}

const orderOf = ({ shop }: Ctx, { orderId }: FulfillmentOrderRecord) => shop.tables.orders.get(orderId) as OrderRecord

const ENDED = new Set(['CLOSED', 'CANCELLED'])

const ACTIONS: Record<string, string[]> = {
  OPEN: ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD', 'SPLIT'],
  IN_PROGRESS: ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'HOLD', 'MARK_AS_OPEN'],
  ON_HOLD: ['RELEASE_HOLD', 'HOLD', 'MOVE'],
  SCHEDULED: ['MARK_AS_OPEN', 'MOVE'],
}

const NO_ADDRESS = { address1: null, address2: null, phone: null, province: null, zip: null }

function linesOf(ctx: Ctx, { orderId, lines }: FulfillmentOrderRecord) {
  const whole = wholeOf(ctx.shop, ctx.shop.tables.orders.get(orderId) as OrderRecord)
  return lines.flatMap(({ id, lineId, total, remaining }) => {
    const line = lineById(whole, lineId)
    if (!line) return []
    return [
      {
        id,
        totalQuantity: total,
        remainingQuantity: remaining,
        lineItem: lineSource(whole, line),
        productTitle: line.title,
        variantTitle: line.variantTitle,
        sku: line.sku,
        vendor: line.vendor,
        requiresShipping: line.requiresShipping,
        warnings: [],
      },
    ]
  })
}
