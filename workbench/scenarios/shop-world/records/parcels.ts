import type { LineRecord, OrderRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord } from '../../../emulators/shopify/store/records/shipping.ts'
import { days } from '../../story.ts'
import type { Carrier, OrderStory, Parcel } from '../orders/order-story.ts'
import type { ShopGround } from './ground.ts'

/** What left the house. */
export function fulfillmentsOf(ground: ShopGround, story: OrderStory, order: OrderRecord): FulfillmentRecord[] {
  return (story.parcels ?? []).map((parcel, index) => ({
    id: ground.gid('Fulfillment'),
    orderId: order.id,
    name: `${order.name}-F${index + 1}`,
    status: 'SUCCESS',
    displayStatus: displayStatusOf(parcel),
    createdAt: ground.at(parcel.shipped),
    updatedAt: ground.at(
      Math.min(parcel.shipped, parcel.delivered ?? parcel.shipped, ...(parcel.scans ?? []).map(({ ago }) => ago)),
    ),
    inTransitAt: ground.at(parcel.shipped),
    deliveredAt: parcel.delivered === undefined ? null : ground.at(parcel.delivered),
    estimatedDeliveryAt: ground.at(parcel.shipped - days(3)),
    locationId: ground.locationId,
    tracking: [{ company: parcel.carrier, number: parcel.number, url: trackingUrl(parcel) }],
    lines: packed(order, parcel).map(({ line, quantity }) => ({
      id: ground.gid('FulfillmentLineItem'),
      lineId: line.id,
      quantity,
    })),
    events: scansOf(parcel).map(({ ago, status, words }) => ({
      id: ground.gid('FulfillmentEvent'),
      status,
      message: words,
      happenedAt: ground.at(ago),
    })),
  }))
}

/** What the warehouse was asked to do: one paper for what is packed, one for what still waits. */
export function fulfillmentOrdersOf(
  ground: ShopGround,
  story: OrderStory,
  order: OrderRecord,
  sent: readonly FulfillmentRecord[],
): FulfillmentOrderRecord[] {
  const unitsSent = (line: LineRecord) =>
    sent
      .flatMap(({ lines }) => lines)
      .reduce((units, part) => (part.lineId === line.id ? units + part.quantity : units), 0)
  const shippable = order.lines.filter(({ requiresShipping }) => requiresShipping)
  const packed = shippable.map((line) => ({ line, units: unitsSent(line) })).filter(({ units }) => units > 0)
  const waiting = shippable
    .map((line) => ({ line, units: line.quantity - unitsSent(line) }))
    .filter(({ units }) => units > 0)
  const paper = (
    status: FulfillmentOrderRecord['status'],
    parts: typeof waiting,
    remains: boolean,
  ): FulfillmentOrderRecord => ({
    id: ground.gid('FulfillmentOrder'),
    orderId: order.id,
    status,
    requestStatus: 'UNSUBMITTED',
    locationId: ground.locationId,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    destination: order.shippingAddress,
    lines: parts.map(({ line, units }) => ({
      id: ground.gid('FulfillmentOrderLineItem'),
      lineId: line.id,
      total: units,
      remaining: remains ? units : 0,
    })),
    holds: status === 'ON_HOLD' && story.hold ? [holdOf(ground, story.hold)] : [],
  })
  return [
    ...(packed.length > 0 ? [paper('CLOSED', packed, false)] : []),
    ...(waiting.length > 0 ? [paper(waitingStatus(story), waiting, !story.cancelled)] : []),
  ]
}

const waitingStatus = ({ cancelled, hold }: OrderStory) => (cancelled ? 'CLOSED' : hold ? 'ON_HOLD' : 'OPEN')

const holdOf = (ground: ShopGround, { reason, note }: NonNullable<OrderStory['hold']>) => ({
  id: ground.gid('FulfillmentHold'),
  handle: null,
  reason,
  reasonNotes: note,
  appId: null,
  externalId: null,
})

const packed = ({ lines }: OrderRecord, parcel: Parcel) =>
  lines
    .filter(({ requiresShipping }) => requiresShipping)
    .map((line) => ({ line, quantity: parcel.lines ? (parcel.lines[line.sku ?? ''] ?? 0) : line.quantity }))
    .filter(({ quantity }) => quantity > 0)

const scansOf = ({ shipped, delivered, scans = [] }: Parcel) => [
  { ago: shipped, status: 'CONFIRMED', words: 'Handed over to the carrier' },
  ...scans,
  ...(delivered === undefined ? [] : [{ ago: delivered, status: 'DELIVERED', words: 'Delivered' }]),
]

const displayStatusOf = ({ delivered, scans = [] }: Parcel) =>
  delivered === undefined ? (scans.at(-1)?.status ?? 'IN_TRANSIT') : 'DELIVERED'

const TRACKING: Record<Carrier, string> = {
  Parcelway: 'https://track.parcelway.example/',
  Northpost: 'https://northpost.example/follow?parcel=',
  'Fern & Fig van': 'https://fernandfig.example/van/',
}

const trackingUrl = ({ carrier, number }: Parcel) => `${TRACKING[carrier]}${number}`
