import type { Money } from '../../../shared/money.ts'
import type { BothMoney } from './shop-order.ts'

export type SuggestedRefund = {
  /** What what was asked for comes to, and the most that can be given back of the whole order. */
  amount: BothMoney
  maximum: BothMoney
  /** The tax in `amount`. */
  tax: BothMoney
  shipping: { amount: BothMoney; maximum: BothMoney }
  /** How it would go back, payment by payment; empty for store credit. Amounts may be lowered and never raised. */
  transactions: { gateway: string; parentId: string; amount: BothMoney; maximum: BothMoney | null }[]
}

export type RefundMade = {
  /** gid://shopify/Refund/… */
  id: string
  at: Date
  note: string | null
  amount: BothMoney
  /** A refund that was made has not moved money before each of these says SUCCESS. */
  transactions: {
    id: string
    /** SUCCESS, PENDING, FAILURE, ERROR, AWAITING_RESPONSE, UNKNOWN. */
    status: string
    gateway: string
    amount: BothMoney
    parentId: string | null
  }[]
  /** What the whole order got back so far. */
  order: { refunded: BothMoney }
}

export type RefundWish = {
  orderId: string
  /** The customer's, where it is not the shop's. */
  currency: string | null
  /** Where our mark goes. */
  note: string
  /** Shopify tells the customer. */
  notify: boolean
  discrepancy: 'CUSTOMER' | 'DAMAGE' | 'OTHER' | 'RESTOCK'
  lines: RefundLineWish[]
  /** Amounts are in the customer's currency. */
  shipping: 'all' | Money | null
  transactions: { parentId: string; gateway: string; amount: Money }[]
  storeCredit: Money | null
}

export type RefundLineWish = {
  lineId: string
  quantity: number
  /** CANCEL for what was not sent, RETURN for what came back, NO_RESTOCK for what is lost. */
  restock: 'CANCEL' | 'RETURN' | 'NO_RESTOCK'
  locationId?: string | null
}

/** How far an order has come: little, so that it can be read right before each step that moves money. */
export type OrderStanding = {
  id: string
  name: string
  updatedAt: Date
  cancelledAt: Date | null
  cancelReason: string | null
  /** What the one who cancelled it wrote down; our mark, when it was us. */
  staffNote: string | null
  financialStatus: string | null
  fulfilmentStatus: string
  closed: boolean
  refunded: BothMoney
  refunds: RefundMade[]
  parcels: { id: string; status: string }[]
  lines: { id: string; quantity: number; currentQuantity: number; refundable: number; unfulfilled: number }[]
  fulfilmentOrders: {
    id: string
    /** OPEN, IN_PROGRESS, ON_HOLD, SCHEDULED, INCOMPLETE, CANCELLED, CLOSED. */
    status: string
    /** UNSUBMITTED, SUBMITTED, ACCEPTED …: whether another house was asked to send it. */
    requestStatus: string
    holds: ShopHold[]
    lines: { lineId: string; remaining: number }[]
  }[]
}

export type ShopHold = {
  id: string
  handle: string | null
  reason: string
  /** Made by this app. */
  ours: boolean
}

/** What of an order tells whose doing it was, for comparing books. */
export type MarkedOrder = {
  id: string
  name: string
  updatedAt: Date
  cancelledAt: Date | null
  staffNote: string | null
  sourceIdentifier: string | null
  tags: string[]
  refunds: RefundMade[]
}

export type CancelWish = {
  orderId: string
  reason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF'
  /** Puts what was not sent back on the shelf. */
  restock: boolean
  notify: boolean
  /** Where our mark goes; 255 characters. */
  staffNote: string
}

export type ReshipWish = {
  /** Unique: a second order with the same mark is refused. */
  mark: string
  customerId: string | null
  email: string | null
  lines: { variantId: string; quantity: number }[]
  /** firstName, lastName, company, address1, address2, city, province, zip, country (two letters), phone; blank ones are left out. */
  address: Record<string, string>
  /** What the sending is called, for example Standard. */
  method: string
  /** What the customer pays for the sending, in the shop's currency. */
  fee: Money
  /** The shop's. */
  currency: string
  note: string
  /** At most 40 characters each. */
  tags: string[]
  /** Shopify sends the customer an order receipt. */
  notify: boolean
}

export type FoundOrder = { id: string; name: string; cancelledAt: Date | null }

export type GiftCardWish = {
  /** 8 to 20 letters and digits. */
  code: string
  amount: Money
  customerId: string | null
  /** A day, 2027-11-21; null is never. */
  expiresOn: string | null
  /** Where our mark goes; the customer does not see it. */
  note: string
  /** What the customer reads beside the code; 200 characters. */
  message: string
  notify: boolean
}

export type ShopVariant = {
  id: string
  productId: string
  title: string
  productTitle: string
  sku: string | null
  /** In the shop's currency. */
  price: Money
  /** null when nobody counts it. */
  available: number | null
  /** Whether it is sold although none is left. */
  oversold: boolean
  /** Neither discontinued nor sold out. */
  forSale: boolean
  /** Taken off sale: archived or a draft. */
  discontinued: boolean
  requiresShipping: boolean
  image: string | null
}

export type DeliveryMethod = { title: string; price: Money }
