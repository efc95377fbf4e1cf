import {
  bagFromShop,
  type Currencies,
  minus,
  nothing,
  plus,
  shareOf,
  times,
  total,
} from '../../../emulators/shopify/resources/bags.ts'
import type { Bag } from '../../../emulators/shopify/store/records/money.ts'
import type { LineRecord, OrderRecord, ShippingLineRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { OrderStory } from '../orders/order-story.ts'
import { addressOf } from './customers.ts'
import { taxed } from './goods.ts'
import type { ShopGround } from './ground.ts'
import { gatewayOf } from './payments.ts'

/** The order itself. What moved since it was made, parcels, money and refunds, hangs on it in records of its own. */
export function orderOf(ground: ShopGround, story: OrderStory): OrderRecord {
  const money = currenciesOf(ground, story)
  const placed = ground.at(story.ago)
  const lines = linesOf(ground, story, money)
  const { buyer, discount, cancelled } = story
  const done = cancelled ?? (isFinished(story) ? { ago: lastChange(story) } : undefined)
  return {
    id: orderId(ground, story.number),
    name: nameOf(ground, story.number),
    number: story.number,
    confirmationNumber: null,
    createdAt: placed,
    processedAt: placed,
    updatedAt: ground.at(lastChange(story)),
    cancelledAt: cancelled ? ground.at(cancelled.ago) : null,
    cancelReason: cancelled?.reason ?? null,
    cancelStaffNote: cancelled?.note ?? null,
    closedAt: done ? ground.at(done.ago) : null,
    customerId: buyer ? ground.customerId(buyer) : null,
    email: buyer?.email ?? null,
    phone: buyer && !buyer.email ? (buyer.phone ?? null) : null,
    ...addressesOf(story),
    ...money,
    taxesIncluded: true,
    lines,
    shippingLines: shippingOf(ground, story, money),
    discounts: discount
      ? [
          {
            kind: 'code',
            name: discount.code,
            value: { percentage: discount.percent },
            total: total(
              money,
              lines.map((line) => line.discount),
            ),
          },
        ]
      : [],
    discountCodes: discount ? [discount.code] : [],
    customAttributes: Object.entries(story.wishes ?? {}).map(([key, value]) => ({ key, value })),
    tags: [...(story.tags ?? []), ...(story.reshipOf ? ['reship'] : [])],
    note: story.note ?? (story.reshipOf ? `Sent again for ${nameOf(ground, story.reshipOf)}.` : null),
    test: false,
    sourceName: story.source === 'phone' ? 'shopify_draft_order' : (story.source ?? 'web'),
    sourceIdentifier: story.reshipOf ? `reship-${nameOf(ground, story.reshipOf)}` : null,
    gatewayNames: [...new Set(story.paid.map((payment) => gatewayOf(payment).name))],
    appId: null,
    edited: false,
    statedFinancialStatus: null,
  }
}

/** Kept apart by shop: an id below the ones that the emulator gives out. */
export const orderId = (ground: ShopGround, number: number) => ground.gid('Order', ORDERS_FROM + number)
const ORDERS_FROM = 4_000_000_000

export const nameOf = ({ prefix }: ShopGround, number: number) => `${prefix}${number}`

export const currenciesOf = ({ currency }: ShopGround, { seenIn }: OrderStory): Currencies => ({
  currency,
  presentmentCurrency: seenIn?.currency ?? currency,
  rate: seenIn?.rate ?? '1',
})

/** Everything the buyer had to pay. */
export const totalOf = (
  money: Currencies,
  { lines, shippingLines }: Pick<OrderRecord, 'lines' | 'shippingLines'>,
): Bag =>
  plus(
    total(
      money,
      lines.map((line) => minus(times(line.unitPrice, line.quantity), line.discount)),
    ),
    total(
      money,
      shippingLines.map(({ discounted }) => discounted),
    ),
  )

function linesOf(ground: ShopGround, story: OrderStory, money: Currencies): LineRecord[] {
  return Object.entries(story.lines).map(([sku, quantity]) => {
    const { ware, variant, productId, variantId } = ground.offered(sku)
    const unitPrice = bagFromShop(money, story.reshipOf ? 0 : variant.price)
    const discount = shareOf(times(unitPrice, quantity), story.discount?.percent ?? 0, 100)
    const net = minus(times(unitPrice, quantity), discount)
    return {
      id: ground.gid('LineItem'),
      title: ware.title,
      variantTitle: variant.name,
      sku,
      vendor: ground.name,
      productId,
      variantId,
      quantity,
      removed: 0,
      unitPrice,
      discount,
      tax: taxed(ware) ? taxWithin(net) : nothing(money),
      taxable: taxed(ware),
      requiresShipping: !ware.giftCard && story.delivery !== null,
      giftCard: ware.giftCard ?? false,
      customAttributes: [],
    }
  })
}

function shippingOf(ground: ShopGround, { delivery }: OrderStory, money: Currencies): ShippingLineRecord[] {
  if (!delivery) return []
  const price = bagFromShop(money, delivery.price)
  return [
    {
      id: ground.gid('ShippingLine'),
      title: delivery.title,
      code: null,
      price,
      discounted: price,
      tax: taxWithin(price),
    },
  ]
}

/** A fifth on top, so a sixth of what was paid. */
const taxWithin = (paid: Bag): Bag => shareOf(paid, 1, 6)

function addressesOf({ buyer, to, delivery }: OrderStory) {
  if (!buyer) return { shippingAddress: null, billingAddress: null }
  const own = addressOf(buyer, buyer.place, buyer.phone)
  const [first = '', ...rest] = to?.name.split(' ') ?? []
  const there = to ? addressOf({ first, last: rest.join(' ') }, to.place, to.phone) : own
  return { shippingAddress: delivery ? there : null, billingAddress: own }
}

const isFinished = ({ parcels = [], paid, source }: OrderStory) =>
  source === 'pos' ||
  (parcels.length > 0 &&
    parcels.every(({ delivered, lines }) => delivered !== undefined && !lines) &&
    paid.every((payment) => payment.kind !== 'on-delivery' || payment.collectedAgo !== null))

function lastChange(story: OrderStory): number {
  const parcels = (story.parcels ?? []).flatMap(({ shipped, delivered, scans = [] }) => [
    shipped,
    delivered ?? shipped,
    ...scans.map(({ ago }) => ago),
  ])
  const money = story.paid.flatMap((payment) =>
    payment.kind === 'on-delivery' ? [payment.collectedAgo ?? story.ago] : [],
  )
  const rest = [story.cancelled, story.dispute, ...(story.refunds ?? [])].flatMap((event) => event?.ago ?? [])
  return Math.min(story.ago, ...parcels, ...money, ...rest)
}
