import type { ShopGiftCard, ShopOrder } from '../../clients/shopify/index.ts'
import { shopifyIdOf } from './gids.ts'
import { emailKeysOf } from './keys.ts'

/** Something that a customer got back, in the smallest unit of the shop's currency. */
export type Given = {
  /** The thing in Shopify that it was: refund/1, order/2, gift_card/3. */
  source: string
  kind: 'refund' | 'reship' | 'gift_card' | 'discount'
  minor: number
  /** Of a reship, what the goods cost the shop; null while one of them has no cost. */
  costMinor: number | null
  at: Date
}

/** Whom it was given to. */
export type Receiver = { customerShopifyId: bigint | null; emailKey: string | null }

/**
 * What an order gave back, whoever did it (docs/decisions/008-shops-and-their-orders.md). Test orders count nothing, and what was
 * cancelled was neither sent nor sold cheaper; its refunds were paid all the same.
 */
export function givenBy(order: ShopOrder): Given[] {
  if (order.test) return []
  const refunds = order.refunds.map(refundOf)
  if (order.cancelledAt) return refunds.filter(isSomething)
  return [...refunds, isReship(order) ? reshipOf(order) : discountOf(order)].filter(isSomething)
}

/** A card that a customer bought is no compensation; of one that was taken back counts what had been spent. */
export const givenByCard = (card: ShopGiftCard): Given[] => {
  const minor = card.enabled ? card.initialValue.minor : card.initialValue.minor - card.balance.minor
  const given: Given = { source: sourceOfCard(card.id), kind: 'gift_card', minor, costMinor: null, at: card.createdAt }
  return card.orderId === null ? [given].filter(isSomething) : []
}

export const sourceOfCard = (gid: string): string => `gift_card/${shopifyIdOf(gid)}`

export const receiverOf = (order: ShopOrder): Receiver => ({
  customerShopifyId: order.customer && shopifyIdOf(order.customer.id),
  emailKey: emailKeysOf(order)[0] ?? null,
})

/** An order that was worth nothing although its goods have a price, or one that says so. */
export const isReship = ({ originalTotal, lines, tags }: ShopOrder): boolean =>
  tags.some((tag) => RESHIP_TAGS.has(tag.trim().toLowerCase())) ||
  (originalTotal.shop.minor === 0 && lines.some(({ retail }) => retail !== null && retail.minor > 0))

const RESHIP_TAGS = new Set(['reship', 'replacement'])

const isSomething = ({ kind, minor }: Given) => kind === 'reship' || minor > 0

const refundOf = ({ id, amount, at }: ShopOrder['refunds'][number]): Given => ({
  source: `refund/${shopifyIdOf(id)}`,
  kind: 'refund',
  minor: amount.shop.minor,
  costMinor: null,
  at,
})

const discountOf = (order: ShopOrder): Given => ({
  source: `order/${shopifyIdOf(order.id)}`,
  kind: 'discount',
  minor: order.discounts.shop.minor,
  costMinor: null,
  at: order.processedAt,
})

/** A product that is gone has no price of today; then the price that the order itself names counts. */
function reshipOf(order: ShopOrder): Given {
  let retail = 0
  let cost: number | null = 0
  for (const { currentQuantity, retail: price, unitPrice, unitCost } of order.lines) {
    retail += (price ?? unitPrice.shop).minor * currentQuantity
    cost = cost === null || unitCost === null ? null : cost + unitCost.minor * currentQuantity
  }
  return {
    source: `order/${shopifyIdOf(order.id)}`,
    kind: 'reship',
    minor: retail,
    costMinor: cost,
    at: order.processedAt,
  }
}
