import type { SeedRecords } from '../../../emulators/shopify/seed.ts'
import type { DisputeRecord } from '../../../emulators/shopify/store/records/customers.ts'
import type { LocationRecord } from '../../../emulators/shopify/store/records/goods.ts'
import type { OrderRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { Ware } from '../catalogue/product.ts'
import type { GiftCardStory } from '../orders/gift-cards.ts'
import type { OrderStory } from '../orders/order-story.ts'
import type { Buyer } from '../people/person.ts'
import { customerOf } from './customers.ts'
import { giftCardOf } from './gift-cards.ts'
import { levelOf, type Promised, productOf, variantOf } from './goods.ts'
import { idsFrom, type Offered, type ShopGround } from './ground.ts'
import { currenciesOf, orderOf, totalOf } from './orders.ts'
import { fulfillmentOrdersOf, fulfillmentsOf } from './parcels.ts'
import { paymentsOf } from './payments.ts'
import { refundsOf } from './refunds.ts'
import { storeCreditsOf } from './store-credit.ts'

export interface ShopStory {
  name: string
  currency: string
  prefix: string
  /** Where the shop packs. */
  location: Pick<LocationRecord, 'name' | 'city' | 'countryCode'>
  wares: readonly Ware[]
  orders: readonly OrderStory[]
  giftCards: readonly GiftCardStory[]
  /** First of this shop's numbers. */
  firstId: number
}

/** All records of a shop as they stand now. */
export function recordsOf(story: ShopStory, now: Date): SeedRecords {
  const ground = groundOf(story, now)
  const offered = story.wares.flatMap(({ variants }) => variants.map(({ sku }) => ground.offered(sku)))
  const told = story.orders.map((one) => wholeOrder(ground, one))
  const orders = told.map(({ order }) => order)
  const transactions = told.flatMap((one) => one.transactions)
  const promised = promisedIn(told)
  return {
    locations: [{ id: ground.locationId, active: true, ...story.location }],
    products: story.wares.map((ware) => productOf(ground, ware, ground.offered(ware.variants[0]?.sku ?? '').productId)),
    variants: offered.map((one) => variantOf(ground, one)),
    levels: offered.filter(({ ware }) => !ware.giftCard).map((one) => levelOf(ground, one, promised)),
    customers: buyersIn(story).map((buyer) => customerOf(ground, buyer)),
    orders,
    transactions,
    refunds: told.flatMap(({ refunds }) => refunds),
    fulfillments: told.flatMap(({ fulfillments }) => fulfillments),
    fulfillmentOrders: told.flatMap(({ fulfillmentOrders }) => fulfillmentOrders),
    disputes: told.flatMap(({ disputes }) => disputes),
    giftCards: story.giftCards.map((card) => giftCardOf(ground, card, story.orders, transactions)),
    storeCredits: storeCreditsOf(ground, orders, transactions),
  }
}

function wholeOrder(ground: ShopGround, story: OrderStory) {
  const order = orderOf(ground, story)
  const money = currenciesOf(ground, story)
  const payments = paymentsOf(ground, story, totalOf(money, order), money, order.id)
  const refunded = refundsOf(ground, story, order, payments)
  const fulfillments = fulfillmentsOf(ground, story, order)
  return {
    order,
    transactions: [...payments, ...refunded.map(({ transaction }) => transaction)],
    refunds: refunded.map(({ refund }) => refund),
    fulfillments,
    fulfillmentOrders: fulfillmentOrdersOf(ground, story, order, fulfillments),
    disputes: disputesOf(ground, story, order),
  }
}

const disputesOf = (ground: ShopGround, { dispute }: OrderStory, order: OrderRecord): DisputeRecord[] =>
  dispute
    ? [
        {
          id: ground.gid('ShopifyPaymentsDispute'),
          orderId: order.id,
          initiatedAs: dispute.as,
          status: dispute.status,
          reason: dispute.reason,
          amount: totalOf(order, order).shop,
          initiatedAt: ground.at(dispute.ago),
          finalizedOn:
            dispute.status === 'WON' || dispute.status === 'LOST' ? ground.at(dispute.ago).slice(0, 10) : null,
        },
      ]
    : []

function promisedIn(told: readonly ReturnType<typeof wholeOrder>[]): Promised {
  const promised = new Map<string, number>()
  for (const { order, fulfillmentOrders } of told) {
    const skus = new Map(order.lines.map(({ id, sku }) => [id, sku ?? '']))
    for (const { lineId, remaining } of fulfillmentOrders.flatMap(({ lines }) => lines)) {
      const sku = skus.get(lineId) ?? ''
      promised.set(sku, (promised.get(sku) ?? 0) + remaining)
    }
  }
  return promised
}

const buyersIn = ({ orders, giftCards }: ShopStory): Buyer[] => [
  ...new Set([
    ...orders.flatMap(({ buyer }) => buyer ?? []),
    ...giftCards.flatMap(({ customer, recipient }) => [customer, recipient].flatMap((one) => one ?? [])),
  ]),
]

function groundOf(story: ShopStory, now: Date): ShopGround {
  const gid = idsFrom(story.firstId)
  const offered = new Map<string, Offered>()
  for (const ware of story.wares) {
    const productId = gid('Product')
    for (const variant of ware.variants)
      offered.set(variant.sku, {
        ware,
        variant,
        productId,
        variantId: gid('ProductVariant'),
        itemId: gid('InventoryItem'),
      })
  }
  const customers = new Map(buyersIn(story).map((buyer) => [buyer, gid('Customer')]))
  const cards = new Map(story.giftCards.map(({ code }) => [code, gid('GiftCard')]))
  return {
    name: story.name,
    currency: story.currency,
    prefix: story.prefix,
    locationId: gid('Location'),
    gid,
    at: (ago) => new Date(now.getTime() - Math.round(ago * 60) * 1000).toISOString(),
    offered: (sku) => found(offered, sku, 'the shop does not sell'),
    customerId: (buyer) => found(customers, buyer, 'no order and no gift card names'),
    giftCardId: (code) => found(cards, code, 'there is no gift card'),
  }
}

function found<K, V>(all: ReadonlyMap<K, V>, key: K, trouble: string): V {
  const value = all.get(key)
  if (value === undefined) throw new Error(`${trouble} ${JSON.stringify(key)}`)
  return value
}
