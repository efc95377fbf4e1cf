import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resolver } from '../../graphql/resource.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { currentQuantity } from './quantities.ts'
import { shippingLinesOf } from './shipping-lines.ts'
import { taxLinesOf } from './tax-lines.ts'
import { currentTax, currentTotal, originalTotal, taxTotal } from './totals.ts'
import { type LineSource, lineSource, wholeOf } from './whole.ts'
import { worked } from './worked.ts'

/** What hangs on an order. */
export const orderLists: Record<string, Resolver> = {
  lineItems: (order: OrderRecord, args: PageArgs, { shop }) => {
    const whole = wholeOf(shop, order)
    return connectionOf(
      order.lines.map((line): LineSource => lineSource(whole, line)),
      args,
    )
  },
  nonFulfillableLineItems: (order: OrderRecord, args: PageArgs, { shop }) => {
    const whole = wholeOf(shop, order)
    const lines = order.lines.filter((line) => !line.requiresShipping || currentQuantity(whole, line) === 0)
    return connectionOf(
      lines.map((line) => lineSource(whole, line)),
      args,
    )
  },
  shippingLine: worked((whole) => shippingLinesOf(whole)[0] ?? null),
  shippingLines: (order: OrderRecord, args: PageArgs, { shop }) =>
    connectionOf(shippingLinesOf(wholeOf(shop, order)), args),
  transactions: (order: OrderRecord, { first, capturable }: { first?: number; capturable?: boolean }, { shop }) => {
    const { transactions } = wholeOf(shop, order)
    const asked =
      capturable === undefined
        ? transactions
        : transactions.filter(({ kind }) => capturable === (kind === 'AUTHORIZATION'))
    return asked.slice(0, first)
  },
  transactionsCount: worked(({ transactions }) => ({ count: transactions.length, precision: 'EXACT' })),
  refunds: (order: OrderRecord, { first }: { first?: number }, { shop }) =>
    wholeOf(shop, order).refunds.slice(0, first),
  fulfillments: (order: OrderRecord, { first }: { first?: number }, { shop }) =>
    wholeOf(shop, order).fulfillments.slice(0, first),
  fulfillmentsCount: worked(({ fulfillments }) => ({ count: fulfillments.length, precision: 'EXACT' })),
  fulfillmentOrders: (order: OrderRecord, args: PageArgs, { shop }) =>
    connectionOf(wholeOf(shop, order).fulfillmentOrders, args),
  returns: (order: OrderRecord, args: PageArgs, { shop }) => connectionOf(wholeOf(shop, order).returns, args),
  disputes: worked(({ disputes }) =>
    disputes.map(({ id, initiatedAs, status }) => ({ id: disputeSummary(id), initiatedAs, status })),
  ),
  additionalFees: () => [],
  alerts: () => [],
  currentTaxLines: worked((whole) => taxLinesOf(whole.order, currentTax(whole), currentTotal(whole))),
  taxLines: worked((whole) => taxLinesOf(whole.order, taxTotal(whole), originalTotal(whole))),
}

const disputeSummary = (id: string) => id.replace('/ShopifyPaymentsDispute/', '/OrderDisputeSummary/')
