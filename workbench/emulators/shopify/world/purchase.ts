import { bagOf, type Currencies, nothing, plus, shareOf, times } from '../resources/bags.ts'
import type { Address } from '../store/records/address.ts'
import type { Gid, Instant } from '../store/records/ids.ts'
import type { Bag } from '../store/records/money.ts'
import type { LineRecord, OrderRecord, ShippingLineRecord } from '../store/records/orders.ts'
import type { FulfillmentOrderRecord } from '../store/records/shipping.ts'

/** What a customer ordered. Amounts are the smallest unit of the currency the customer saw; prices hold the tax. */
export interface Purchase {
  number: number
  name: string
  at: Instant
  customerId?: Gid | null
  email?: string | null
  phone?: string | null
  lines: PurchasedLine[]
  /** 5.00 when left out; null for what is not sent. */
  shipping?: { title: string; price: number } | null
  discount?: { code: string; percent: number }
  /** Per cent; 20 when left out. */
  tax?: number
  shippingAddress?: Address | null
  tags?: string[]
  note?: string | null
  sourceName?: string | null
  gatewayNames?: string[] | null
  test?: boolean
}

export interface PurchasedLine {
  title: string
  variantTitle?: string | null
  sku?: string | null
  productId?: Gid | null
  variantId?: Gid | null
  price: number
  /** 1 when left out. */
  quantity?: number
  /** True when left out. */
  requiresShipping?: boolean
  giftCard?: boolean
}

export type NewGid = (type: string) => Gid

/** The order as the checkout leaves it, before any payment. */
export function orderFrom(purchase: Purchase, money: Currencies, newGid: NewGid): OrderRecord {
  const { number, name, at, discount, shippingAddress = null } = purchase
  const lines = purchase.lines.map((line) => lineFrom(line, purchase, money, newGid))
  return {
    id: newGid('Order'),
    name,
    number,
    confirmationNumber: `C${number.toString(36).toUpperCase().padStart(8, '0')}`,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    cancelledAt: null,
    cancelReason: null,
    cancelStaffNote: null,
    closedAt: null,
    customerId: purchase.customerId ?? null,
    email: purchase.email ?? null,
    phone: purchase.phone ?? null,
    shippingAddress,
    billingAddress: shippingAddress,
    currency: money.currency,
    presentmentCurrency: money.presentmentCurrency,
    rate: money.rate,
    taxesIncluded: true,
    lines,
    shippingLines: shippingFrom(purchase, money, newGid),
    discounts: discount
      ? [
          {
            kind: 'code',
            name: discount.code,
            value: { percentage: discount.percent },
            total: discounted(lines, money),
          },
        ]
      : [],
    discountCodes: discount ? [discount.code] : [],
    customAttributes: [],
    tags: purchase.tags ?? [],
    note: purchase.note ?? null,
    test: purchase.test ?? false,
    sourceName: purchase.sourceName ?? 'web',
    sourceIdentifier: null,
    gatewayNames: purchase.gatewayNames ?? null,
    appId: null,
    edited: false,
    statedFinancialStatus: null,
  }
}

/** What the warehouse is asked to send; nothing when no line is to be sent. */
export function fulfillmentOrdersFor(order: OrderRecord, locationId: Gid, newGid: NewGid): FulfillmentOrderRecord[] {
  const lines = order.lines.filter(({ requiresShipping }) => requiresShipping)
  if (lines.length === 0) return []
  return [
    {
      id: newGid('FulfillmentOrder'),
      orderId: order.id,
      status: 'OPEN',
      requestStatus: 'UNSUBMITTED',
      locationId,
      createdAt: order.createdAt,
      updatedAt: order.createdAt,
      destination: order.shippingAddress,
      lines: lines.map(({ id, quantity }) => ({
        id: newGid('FulfillmentOrderLineItem'),
        lineId: id,
        total: quantity,
        remaining: quantity,
      })),
      holds: [],
    },
  ]
}

/** The tax within a price that holds it. */
export const taxWithin = (price: Bag, percent: number): Bag => shareOf(price, percent, 100 + percent)

function lineFrom(
  line: PurchasedLine,
  { discount, tax = 20 }: Purchase,
  money: Currencies,
  newGid: NewGid,
): LineRecord {
  const { quantity = 1 } = line
  const unitPrice = bagOf(money, line.price)
  const off = discount ? shareOf(times(unitPrice, quantity), discount.percent, 100) : nothing(money)
  return {
    id: newGid('LineItem'),
    title: line.title,
    variantTitle: line.variantTitle ?? null,
    sku: line.sku ?? null,
    vendor: null,
    productId: line.productId ?? null,
    variantId: line.variantId ?? null,
    quantity,
    removed: 0,
    unitPrice,
    discount: off,
    tax: taxWithin(plus(times(unitPrice, quantity), times(off, -1)), tax),
    taxable: true,
    requiresShipping: line.requiresShipping ?? true,
    giftCard: line.giftCard ?? false,
    customAttributes: [],
  }
}

function shippingFrom(
  { shipping = STANDARD, tax = 20 }: Purchase,
  money: Currencies,
  newGid: NewGid,
): ShippingLineRecord[] {
  if (!shipping) return []
  const price = bagOf(money, shipping.price)
  return [
    {
      id: newGid('ShippingLine'),
      title: shipping.title,
      code: shipping.title,
      price,
      discounted: price,
      tax: taxWithin(price, tax),
    },
  ]
}

const STANDARD = { title: 'Standard', price: 500 }

const discounted = (lines: LineRecord[], money: Currencies) =>
  lines.reduce((sum, { discount }) => plus(sum, discount), nothing(money))
