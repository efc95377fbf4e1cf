import { gidOf, legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord, RefundRecord } from '../../store/records/orders.ts'
import { nothing } from '../bags.ts'
import { sumOf } from '../orders/payments.ts'
import { shippingLinesOf } from '../orders/shipping-lines.ts'
import { taxOnShipping } from '../orders/totals.ts'
import { partById } from '../orders/visibility.ts'
import { lineById, lineSource, type Whole, wholeOf } from '../orders/whole.ts'

type RefundLine = RefundRecord['lines'][number] & { whole: Whole }

export const refundsResource: Resource = {
  nodes: { Refund: (ctx, id) => partById(ctx, 'refunds', id) },
  queries: {
    refund: (_: unknown, { id }: { id: Gid }, ctx) => partById(ctx, 'refunds', id),
  },
  types: {
    Refund: {
      legacyResourceId: ({ id }: RefundRecord) => legacyId(id),
      order: (refund: RefundRecord, _args: unknown, ctx) => orderOf(ctx, refund),
      totalRefundedSet: (refund: RefundRecord, _args: unknown, ctx) => {
        const whole = wholeFor(ctx, refund)
        const mine = whole.transactions.filter(({ refundId, status }) => refundId === refund.id && status === 'SUCCESS')
        return sumOf(whole, mine)
      },
      transactions: (refund: RefundRecord, args: PageArgs, ctx) =>
        connectionOf(ctx.shop.tables.transactions.by('refundId', refund.id), args),
      refundLineItems: (refund: RefundRecord, args: PageArgs, ctx) => {
        const whole = wholeFor(ctx, refund)
        return connectionOf(
          refund.lines.map((line): RefundLine => ({ ...line, whole })),
          args,
        )
      },
      refundShippingLines: (refund: RefundRecord, args: PageArgs, ctx) =>
        connectionOf(shippingOf(wholeFor(ctx, refund), refund), args),
      orderAdjustments: (refund: RefundRecord, args: PageArgs, ctx) =>
        connectionOf(adjustmentsOf(wholeFor(ctx, refund), refund), args),
      return: ({ returnId }: RefundRecord, _args: unknown, { shop }) =>
        returnId && (shop.tables.returns.get(returnId) ?? null),
      staffMember: () => null,
      duties: () => null,
    },
    RefundLineItem: {
      lineItem: ({ whole, lineId }: RefundLine) => {
        const line = lineById(whole, lineId)
        return line && lineSource(whole, line)
      },
      subtotalSet: ({ subtotal }: RefundLine) => subtotal,
      totalTaxSet: ({ tax }: RefundLine) => tax,
      priceSet: ({ whole, lineId }: RefundLine) => lineById(whole, lineId)?.unitPrice,
      restocked: ({ restockType }: RefundLine) => restockType !== 'NO_RESTOCK',
      location: ({ locationId }: RefundLine, _args: unknown, { shop }) =>
        locationId && (shop.tables.locations.get(locationId) ?? null),
    },
  },
}

const orderOf = ({ shop }: Ctx, { orderId }: RefundRecord) => shop.tables.orders.get(orderId) as OrderRecord

const wholeFor = (ctx: Ctx, refund: RefundRecord) => wholeOf(ctx.shop, orderOf(ctx, refund))

const shippingOf = (whole: Whole, { id, shipping }: RefundRecord) =>
  shipping.presentment.minor === 0
    ? []
    : [
        {
          id: gidOf('RefundShippingLine', legacyId(id)),
          shippingLine: shippingLinesOf(whole)[0],
          subtotalAmountSet: shipping,
          taxAmountSet: taxOnShipping(whole, shipping),
        },
      ]

const adjustmentsOf = ({ order }: Whole, { id, adjustment }: RefundRecord) =>
  !adjustment || adjustment.presentment.minor === 0
    ? []
    : [
        {
          id: gidOf('OrderAdjustment', legacyId(id)),
          amountSet: adjustment,
          taxAmountSet: nothing(order),
          reason: 'REFUND_DISCREPANCY',
        },
      ]
