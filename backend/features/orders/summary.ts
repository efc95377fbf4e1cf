import type { Money } from '../../../shared/money.ts'
import {
  type PaymentMode,
  paymentMode,
  type ShopFulfilment,
  type ShopLine,
  type ShopOrder,
} from '../../clients/shopify/index.ts'
import type { Box } from '../../platform/keyring.ts'

/** Lines that a card shows at once; the others are a page away. */
export const LINES_ON_CARD = 8

/** What a card shows of an order, as it is sealed beside it: JSON, with instants as ISO strings. Codes are Shopify's own. */
export type OrderSummary = {
  buyer: { name: string; email: string | null; phone: string | null }
  /** Who gets the parcel: may be someone else than the buyer. */
  recipient: { name: string | null; phone: string | null; postcode: string | null; country: string | null }
  /** The postal address in one line, with its name. */
  shipTo: string | null
  payment: PaymentMode
  total: Money
  /** Only where the shop's currency is not the buyer's. */
  shopTotal: Money | null
  received: Money
  refunded: Money
  outstanding: Money
  lines: SummaryLine[]
  lineCount: number
  parcels: SummaryParcel[]
  refunds: { at: string; amount: Money; note: string | null; settled: boolean }[]
  disputes: { status: string; kind: string }[]
  holds: { reason: string; notes: string | null }[]
  tags: string[]
  discountCodes: string[]
}

export type SummaryLine = {
  title: string
  variant: string | null
  sku: string | null
  quantity: number
  currentQuantity: number
  unitPrice: Money
  imageUrl: string | null
}

export type SummaryParcel = {
  status: string
  shippedAt: string | null
  deliveredAt: string | null
  expectedAt: string | null
  tracking: { company: string | null; number: string; url: string | null }[]
}

/** An order as the document column keeps it: what the client read, with instants as ISO strings. */
export type OrderDocument = Stored<ShopOrder>
type Stored<T> = T extends Date
  ? string
  : T extends (infer E)[]
    ? Stored<E>[]
    : T extends object
      ? { [K in keyof T]: Stored<T[K]> }
      : T

/** Amounts are the buyer's, in the buyer's currency. */
export function summaryOf(order: ShopOrder): OrderSummary {
  const { customer, shippingAddress: address } = order
  const total = totalOf(order)
  return {
    buyer: {
      name: customer?.name || address?.name || '',
      email: order.email ?? customer?.email ?? null,
      phone: order.phone ?? customer?.phone ?? null,
    },
    recipient: {
      name: address?.name ?? null,
      phone: address?.phone ?? null,
      postcode: address?.zip ?? null,
      country: address?.country ?? null,
    },
    shipTo: inOneLine(address),
    payment: paymentMode(order),
    total: total.presentment,
    shopTotal: order.presentmentCurrency === order.currency ? null : total.shop,
    received: order.received.presentment,
    refunded: order.refunded.presentment,
    outstanding: order.outstanding.presentment,
    lines: order.lines.slice(0, LINES_ON_CARD).map(summaryLine),
    lineCount: order.lines.length,
    parcels: order.fulfilments.filter(({ status }) => status !== 'CANCELLED').map(parcelOf),
    refunds: refundsOf(order),
    disputes: order.disputes.map(({ status, initiatedAs }) => ({ status, kind: initiatedAs })),
    holds: order.holds,
    tags: order.tags,
    discountCodes: order.discountCodes,
  }
}

export const summaryLine = (line: Stored<ShopLine> | ShopLine): SummaryLine => ({
  title: line.title,
  variant: line.variant,
  sku: line.sku,
  quantity: line.quantity,
  currentQuantity: line.currentQuantity,
  unitPrice: line.unitPrice.presentment,
  imageUrl: line.image,
})

/** As ordered; as edited where something was added. What was taken away shows as refunded. */
const totalOf = ({ originalTotal, total }: ShopOrder) =>
  total.shop.minor > originalTotal.shop.minor ? total : originalTotal

const parcelOf = (fulfilment: ShopFulfilment): SummaryParcel => ({
  status: fulfilment.displayStatus ?? fulfilment.status,
  shippedAt: fulfilment.at.toISOString(),
  deliveredAt: fulfilment.deliveredAt?.toISOString() ?? null,
  expectedAt: fulfilment.estimatedAt?.toISOString() ?? null,
  tracking: fulfilment.tracking.flatMap(({ company, number, url }) => (number ? [{ company, number, url }] : [])),
})

/**
 * A refund is settled when its money has moved; Shopify does not say which transfer is whose, so the oldest is settled first. Nor is it
 * recorded whether a refund counts money that the bank still holds: what no refund counts is the newest one's that counts nothing.
 */
function refundsOf({ refunds, transactions }: ShopOrder): OrderSummary['refunds'] {
  const sumOf = (...statuses: string[]) =>
    transactions
      .filter(({ kind, status }) => kind === 'REFUND' && statuses.includes(status))
      .reduce((sum, { amount }) => sum + amount.presentment.minor, 0)
  const counted = refunds.reduce((sum, { amount }) => sum + amount.presentment.minor, 0)
  let moved = sumOf('SUCCESS')
  const uncounted = Math.max(0, moved + sumOf('PENDING', 'AWAITING_RESPONSE') - counted)
  const inOrder = [...refunds].sort((a, b) => a.at.getTime() - b.at.getTime())
  const holding = inOrder.findLast(({ amount }) => amount.presentment.minor === 0)
  return inOrder.map((refund) => {
    const { at, note, amount } = refund
    const minor = amount.presentment.minor + (refund === holding ? uncounted : 0)
    moved -= minor
    return { at: at.toISOString(), amount: { ...amount.presentment, minor }, note, settled: minor === 0 || moved >= 0 }
  })
}

function inOneLine(address: ShopOrder['shippingAddress']): string | null {
  if (!address) return null
  const { name, address1, address2, zip, city, province, country } = address
  const town = [zip, city].filter(Boolean).join(' ')
  return [name, address1, address2, town, province, country].filter(Boolean).join(', ') || null
}

const SUMMARY = 'shop_order.summary'
const DOCUMENT = 'shop_order.document'

/** Seals the two JSON columns of an order's row. @param id of the row */
export const sealOrder = (box: Box, id: string, order: ShopOrder) => ({
  summary: box.seal(SUMMARY, id, JSON.stringify(summaryOf(order))),
  document: box.seal(DOCUMENT, id, JSON.stringify(order)),
})

/** Opens the summary column of the row with this id. */
export const openSummary = (box: Box, id: string, sealed: Uint8Array): OrderSummary =>
  JSON.parse(box.openText(SUMMARY, id, sealed)) as OrderSummary

/** Opens the document column of the row with this id. */
export const openDocument = (box: Box, id: string, sealed: Uint8Array): OrderDocument =>
  JSON.parse(box.openText(DOCUMENT, id, sealed)) as OrderDocument
