import type { Address } from './address.ts'
import type { Gid, Instant, Kept } from './ids.ts'
import type { Bag } from './money.ts'

export interface OrderRecord extends Kept {
  /** As people write it: #1001 or FF-1001. */
  name: string
  number: number
  confirmationNumber: string | null
  createdAt: Instant
  processedAt: Instant
  updatedAt: Instant
  cancelledAt: Instant | null
  cancelReason: string | null
  cancelStaffNote: string | null
  closedAt: Instant | null
  customerId: Gid | null
  email: string | null
  phone: string | null
  shippingAddress: Address | null
  billingAddress: Address | null
  /** ISO 4217: the shop's own and the one the customer paid in. */
  currency: string
  presentmentCurrency: string
  /** How much presentment money one unit of shop money was worth when the order was placed; a decimal string. */
  rate: string
  taxesIncluded: boolean
  lines: LineRecord[]
  shippingLines: ShippingLineRecord[]
  discounts: DiscountRecord[]
  discountCodes: string[]
  customAttributes: { key: string; value: string | null }[]
  tags: string[]
  note: string | null
  test: boolean
  sourceName: string | null
  sourceIdentifier: string | null
  /** As the storefront named the ways to pay; computed from the transactions when null. */
  gatewayNames: string[] | null
  /** The app that made the order; null for the online store. */
  appId: string | null
  edited: boolean
  /** What the maker of the order said about its payment; counts only while there is no transaction. */
  statedFinancialStatus: string | null
}

export interface LineRecord {
  id: Gid
  title: string
  variantTitle: string | null
  sku: string | null
  vendor: string | null
  productId: Gid | null
  variantId: Gid | null
  /** As ordered or edited in; what was taken out again is `removed`. */
  quantity: number
  removed: number
  unitPrice: Bag
  /** Of the whole line, from codes and automatic discounts alike. */
  discount: Bag
  tax: Bag
  taxable: boolean
  requiresShipping: boolean
  giftCard: boolean
  customAttributes: { key: string; value: string | null }[]
}

export interface ShippingLineRecord {
  id: Gid
  title: string
  code: string | null
  price: Bag
  discounted: Bag
  tax: Bag
}

export interface DiscountRecord {
  kind: 'code' | 'automatic' | 'manual'
  /** The code or the title. */
  name: string
  value: { percentage: number } | { amount: Bag }
  total: Bag
}

/** A payment, refund, authorization or capture. */
export interface TransactionRecord extends Kept {
  orderId: Gid
  parentId: Gid | null
  kind: 'AUTHORIZATION' | 'CAPTURE' | 'SALE' | 'REFUND' | 'VOID' | 'CHANGE' | 'SUGGESTED_REFUND'
  status: 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | 'AWAITING_RESPONSE' | 'UNKNOWN'
  /** For example shopify_payments, paypal, gift_card, shopify_store_credit, Cash on Delivery (COD). */
  gateway: string
  formattedGateway: string
  manual: boolean
  amount: Bag
  createdAt: Instant
  processedAt: Instant | null
  errorCode: string | null
  paymentId: string | null
  test: boolean
  card: { company: string; number: string; wallet: string | null } | null
  giftCardId: Gid | null
  refundId: Gid | null
}

export interface RefundRecord extends Kept {
  orderId: Gid
  returnId: Gid | null
  createdAt: Instant
  processedAt: Instant
  updatedAt: Instant
  note: string | null
  lines: {
    id: Gid
    lineId: Gid
    quantity: number
    restockType: 'CANCEL' | 'RETURN' | 'NO_RESTOCK' | 'LEGACY_RESTOCK'
    locationId: Gid | null
    subtotal: Bag
    tax: Bag
  }[]
  shipping: Bag
  total: Bag
  /** What was given beyond, or short of, the worth of what left the order. */
  adjustment: Bag | null
  /** The app or the shop owner. */
  by: string | null
}
