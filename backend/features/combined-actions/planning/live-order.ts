import type { Address } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { BothMoney, PaymentMode, SuggestedRefund } from '../../../clients/shopify/index.ts'
import type { Standing } from '../plan.ts'

/** A line of the order, in pieces. */
export type LiveLine = {
  id: string
  /** With its variant: «Green tea, 100 g». */
  title: string
  sku: string | null
  ordered: number
  /** What is left after cancellations and refunds; of that not sent yet. */
  left: number
  unsent: number
  /** For how many money can still be given back. */
  refundable: number
  /** What the customer paid for one, after discounts. */
  each: BothMoney
  variantId: string | null
  isGiftCard: boolean
}

/** Something that the shop sells, as it is now. */
export type Goods = {
  variantId: string
  /** gid of its product, where substitutes are found. */
  productId: string
  title: string
  /** In the shop's currency. */
  price: Money
  /** Pieces that can be sent; null when the shop does not count them. */
  available: number | null
  /** Whether the shop sells it at all. */
  forSale: boolean
  /** Sold although none is left. */
  oversold: boolean
}

/** A payment of the order that money can go back to. */
export type LivePayment = {
  /** gid of the transaction. */
  parentId: string
  gateway: string
  /** «Visa •••• 4242», «gift card», «Cash on Delivery (COD)». */
  words: string
  /** Booked by hand: Shopify moves no money for it. */
  manual: boolean
  most: BothMoney
}

/** Of an order, all that forms and plans need, as Shopify told it a moment ago. Plain JSON: a form keeps it. */
export type LiveOrder = {
  /** Ours. */
  orderId: string
  /** gid://shopify/Order/… */
  id: string
  /** FF-20418 */
  name: string
  readAt: string
  shop: { id: string; name: string; domain: string; currency: string; timeZone: string }
  /** Of the customer: what they saw and paid in. */
  customerCurrency: string
  placedAt: string
  cancelledAt: string | null
  test: boolean
  /** Goods were sent back, or are on their way. */
  returning: boolean
  disputed: boolean
  /** Reserved on a card and not taken yet. */
  authorized: boolean
  payment: PaymentMode
  /** `email` is the order's; gift cards go to `cardsTo`, the customer's own in Shopify. */
  customer: { id: string | null; name: string; email: string | null; cardsTo: string | null }
  /** Look-up keys: whom compensation counts for, and all addresses of the buyer. Digits of Shopify's id. */
  receiver: { customerShopifyId: string | null; emailKey: string | null; emailKeys: string[] }
  address: Address | null
  stage: Stage
  total: BothMoney
  lines: LiveLine[]
  /** What can still be given back of the shipping. */
  shippingLeft: BothMoney
  /** The most that can still be given back. */
  refundable: BothMoney
  /** What Shopify would give back of everything, and to which payments. */
  everything: Pick<SuggestedRefund, 'amount' | 'tax' | 'transactions'>
  payments: LivePayment[]
  /** What the warehouse has in hand. */
  fulfilmentOrders: { id: string; status: string; lines: { lineId: string; remaining: number }[] }[]
  standing: Standing
  goods: Goods[]
  /** Countries that the shop sends to, two letters; empty when Shopify did not say. */
  shipsTo: string[]
  /** Ways of sending these goods to this address, with what the shop charges; empty when Shopify did not say. */
  methods: { title: string; price: Money }[]
  giftCards: {
    /** The most that one card may hold; null when Shopify did not say. */
    limit: Money | null
    /** Why the shop can issue none; null when it can. */
    why: string | null
  }
}

/** unsent: nothing has left · partly: some of it · sent: all, and not all has arrived · delivered: all arrived. */
export type Stage = 'unsent' | 'partly' | 'sent' | 'delivered'
