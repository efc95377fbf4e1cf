import { z } from 'zod'
import type { ShopOrder } from '../shop-order.ts'
import { Customer } from './customer.ts'
import { Fulfilment, Holding } from './fulfilment.ts'
import { Line } from './line.ts'
import { BareRefund, Refund } from './refund.ts'
import { Transaction } from './transaction.ts'
import { Both, connection, Gid, Instant } from './values.ts'

const Address = z
  .object({
    name: z.string().nullable(),
    address1: z.string().nullable(),
    address2: z.string().nullable(),
    city: z.string().nullable(),
    zip: z.string().nullable(),
    provinceCode: z.string().nullable(),
    countryCodeV2: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .transform(({ provinceCode, countryCodeV2, ...address }) => ({
    ...address,
    province: provinceCode,
    country: countryCodeV2,
  }))

const OrderFields = z.object({
  id: Gid,
  legacyResourceId: z.coerce.string(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  processedAt: Instant,
  updatedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  closedAt: Instant.nullable(),
  test: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  returnStatus: z.string(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  paymentGatewayNames: z.array(z.string()),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  discountCodes: z.array(z.string()),
  sourceName: z.string().nullable(),
  sourceIdentifier: z.string().nullable(),
  statusPageUrl: z.string(),
  originalTotalPriceSet: Both,
  currentTotalPriceSet: Both,
  currentSubtotalPriceSet: Both,
  currentShippingPriceSet: Both,
  currentTotalTaxSet: Both,
  currentTotalDiscountsSet: Both,
  totalReceivedSet: Both,
  totalRefundedSet: Both,
  totalOutstandingSet: Both,
  netPaymentSet: Both,
  customer: Customer.nullable(),
  shippingAddress: Address.nullable(),
  disputes: z.array(z.object({ id: Gid, status: z.string(), initiatedAs: z.string() })),
  transactions: z.array(Transaction),
  fulfillments: z.array(Fulfilment),
})

/** An order of a bulk file; lines and holds come in lines of their own. */
export const BulkOrder = OrderFields.extend({ refunds: z.array(BareRefund) })

/** An order with the first page of each of its lists. */
export const FirstPages = OrderFields.extend({
  refunds: z.array(Refund),
  lineItems: connection(Line),
  fulfillmentOrders: connection(Holding),
})
export type FirstPages = z.output<typeof FirstPages>

/** Our shape; the lists that have pages are given when they are whole. */
export function presentOrder(
  order: z.output<typeof OrderFields>,
  lists: Pick<ShopOrder, 'lines' | 'refunds' | 'holds'>,
): ShopOrder {
  return {
    id: order.id,
    number: order.legacyResourceId,
    name: order.name,
    email: order.email,
    phone: order.phone,
    customer: order.customer,
    processedAt: order.processedAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    closedAt: order.closedAt,
    test: order.test,
    financialStatus: order.displayFinancialStatus,
    fulfilmentStatus: order.displayFulfillmentStatus,
    returnStatus: order.returnStatus,
    currency: order.currencyCode,
    presentmentCurrency: order.presentmentCurrencyCode,
    originalTotal: order.originalTotalPriceSet,
    total: order.currentTotalPriceSet,
    subtotal: order.currentSubtotalPriceSet,
    shipping: order.currentShippingPriceSet,
    tax: order.currentTotalTaxSet,
    discounts: order.currentTotalDiscountsSet,
    received: order.totalReceivedSet,
    refunded: order.totalRefundedSet,
    outstanding: order.totalOutstandingSet,
    net: order.netPaymentSet,
    gateways: order.paymentGatewayNames,
    transactions: order.transactions,
    refunds: lists.refunds,
    fulfilments: order.fulfillments,
    lines: lists.lines,
    shippingAddress: order.shippingAddress,
    tags: order.tags,
    note: order.note,
    discountCodes: order.discountCodes,
    disputes: order.disputes,
    sourceName: order.sourceName,
    sourceIdentifier: order.sourceIdentifier,
    holds: lists.holds,
    statusPageUrl: order.statusPageUrl,
  }
}
