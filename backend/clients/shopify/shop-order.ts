import type { Money } from '../../../shared/money.ts'

/** One amount in the currency of the shop, and in the one that the customer saw and paid. */
export type BothMoney = { shop: Money; presentment: Money }

export type ShopCustomer = {
  /** gid://shopify/Customer/… */
  id: string
  name: string
  email: string | null
  phone: string | null
  ordersCount: number
  /** In the shop's currency. */
  spent: Money
  /** As the shop's people wrote them; missing in what was kept before they were read. */
  tags?: string[]
}

export type ShopTransaction = {
  id: string
  /** SALE, AUTHORIZATION, CAPTURE, REFUND, VOID, CHANGE … */
  kind: string
  /** SUCCESS, PENDING, FAILURE, ERROR, AWAITING_RESPONSE, UNKNOWN. */
  status: string
  gateway: string | null
  /** Recorded by hand in the shop, as cash on delivery is. */
  manual: boolean
  amount: BothMoney
  at: Date
  parentId: string | null
  errorCode: string | null
  method: { name: string | null; lastDigits: string | null } | null
}

export type ShopRefund = {
  id: string
  at: Date
  note: string | null
  /** What was given back; whether the money moved is in the REFUND transactions. */
  amount: BothMoney
  /** null when it was read in bulk, which cannot say. */
  lines: { lineId: string; quantity: number; restock: string }[] | null
}

export type ShopFulfilment = {
  id: string
  /** SUCCESS, CANCELLED, ERROR, FAILURE. */
  status: string
  /** IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED … as far as the carrier tells. */
  displayStatus: string | null
  at: Date
  deliveredAt: Date | null
  estimatedAt: Date | null
  tracking: { company: string | null; number: string | null; url: string | null }[]
}

export type ShopLine = {
  id: string
  title: string
  variant: string | null
  sku: string | null
  /** As ordered; `currentQuantity` is what is left after edits and refunds. */
  quantity: number
  currentQuantity: number
  unfulfilled: number
  refundable: number
  unitPrice: BothMoney
  /** After all discounts, rounded to the currency's smallest unit. */
  discountedUnitPrice: BothMoney
  image: string | null
  /** null for a line typed by hand, and after the product was deleted. */
  variantId: string | null
  /** What one costs the shop, and what it is sold for today; both in the shop's currency. */
  unitCost: Money | null
  retail: Money | null
  isGiftCard: boolean
}

export type ShopAddress = {
  name: string | null
  address1: string | null
  address2: string | null
  city: string | null
  zip: string | null
  province: string | null
  /** ISO 3166, two letters. */
  country: string | null
  phone: string | null
}

/** An order as Shopify holds it, whole: every line, transaction, refund and fulfilment. */
export type ShopOrder = {
  /** gid://shopify/Order/… */
  id: string
  /** The numeric id in the shop's admin pages; `name` (#1001) is what people call it. */
  number: string
  name: string
  email: string | null
  phone: string | null
  customer: ShopCustomer | null
  processedAt: Date
  updatedAt: Date
  cancelledAt: Date | null
  cancelReason: string | null
  closedAt: Date | null
  test: boolean
  /** PENDING, AUTHORIZED, PARTIALLY_PAID, PAID, PARTIALLY_REFUNDED, REFUNDED, VOIDED, EXPIRED. */
  financialStatus: string | null
  /** UNFULFILLED, PARTIALLY_FULFILLED, FULFILLED, ON_HOLD … */
  fulfilmentStatus: string
  returnStatus: string
  /** Of the shop. */
  currency: string
  presentmentCurrency: string
  /** As ordered; `total` and what follows stand as they are now, after edits and refunds. */
  originalTotal: BothMoney
  total: BothMoney
  subtotal: BothMoney
  shipping: BothMoney
  tax: BothMoney
  discounts: BothMoney
  received: BothMoney
  refunded: BothMoney
  /** Below zero when the shop owes the customer. */
  outstanding: BothMoney
  /** Received less refunded. */
  net: BothMoney
  gateways: string[]
  transactions: ShopTransaction[]
  refunds: ShopRefund[]
  fulfilments: ShopFulfilment[]
  lines: ShopLine[]
  shippingAddress: ShopAddress | null
  tags: string[]
  note: string | null
  discountCodes: string[]
  disputes: { id: string; status: string; initiatedAs: string }[]
  sourceName: string | null
  sourceIdentifier: string | null
  /** Reasons why the warehouse waits: AWAITING_PAYMENT, INVENTORY_OUT_OF_STOCK, OTHER … */
  holds: { reason: string; notes: string | null }[]
  statusPageUrl: string
}
