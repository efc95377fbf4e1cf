import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import type { ReturnLineRecord, ReturnRecord } from '../../store/records/shipping.ts'
import { partById } from '../orders/visibility.ts'
import { lineById, lineSource, type Whole, wholeOf } from '../orders/whole.ts'
import { sentLinesOf } from '../shipping/fulfillments.ts'
import { reasonById } from './reasons.ts'

type Line = ReturnLineRecord & { whole: Whole }
type ExchangeLine = ReturnRecord['exchangeLines'][number] & { whole: Whole }

export const returnsResource: Resource = {
  nodes: { Return: (ctx, id) => partById(ctx, 'returns', id) },
  queries: {
    return: (_: unknown, { id }: { id: Gid }, ctx) => partById(ctx, 'returns', id),
  },
  types: {
    Return: {
      order: ({ orderId }: ReturnRecord, _args: unknown, { shop }) => shop.tables.orders.get(orderId),
      totalQuantity: ({ lines }: ReturnRecord) => lines.reduce((units, { quantity }) => units + quantity, 0),
      returnLineItems: (one: ReturnRecord, args: PageArgs, { shop }) => {
        const whole = wholeOf(shop, shop.tables.orders.get(one.orderId) as OrderRecord)
        return connectionOf(
          one.lines.map((line): Line => ({ ...line, whole })),
          args,
        )
      },
      exchangeLineItems: (one: ReturnRecord, args: PageArgs, { shop }) => {
        const whole = wholeOf(shop, shop.tables.orders.get(one.orderId) as OrderRecord)
        return connectionOf(
          one.exchangeLines.map((line): ExchangeLine => ({ ...line, whole })),
          args,
        )
      },
      refunds: ({ id, orderId }: ReturnRecord, args: PageArgs, { shop }) =>
        connectionOf(
          shop.tables.refunds.by('orderId', orderId).filter(({ returnId }) => returnId === id),
          args,
        ),
      returnShippingFees: () => [],
      requestApprovedAt: ({ createdAt }: ReturnRecord) => createdAt,
      decline: () => null,
    },
    ReturnLineItem: {
      fulfillmentLineItem: ({ whole, fulfillmentLineId }: Line, _args: unknown, ctx) =>
        whole.fulfillments.flatMap((one) => sentLinesOf(ctx, one)).find(({ id }) => id === fulfillmentLineId),
      processedQuantity: ({ processed }: Line) => processed,
      unprocessedQuantity: ({ quantity, processed }: Line) => quantity - processed,
      processableQuantity: ({ quantity, processed }: Line) => quantity - processed,
      refundableQuantity: ({ quantity, processed }: Line) => quantity - processed,
      refundedQuantity: ({ processed }: Line) => processed,
      returnReasonDefinition: ({ reasonId }: Line) => reasonById(reasonId),
      returnReasonNote: ({ note }: Line) => note ?? '',
      customerNote: () => null,
      restockingFee: () => null,
    },
    ExchangeLineItem: {
      lineItems: ({ whole, lineId }: ExchangeLine) => {
        const line = lineById(whole, lineId)
        return line ? [lineSource(whole, line)] : []
      },
      title: ({ whole, lineId }: ExchangeLine) => lineById(whole, lineId)?.title ?? null,
      variantId: ({ whole, lineId }: ExchangeLine) => lineById(whole, lineId)?.variantId ?? null,
      variantSku: ({ whole, lineId }: ExchangeLine) => lineById(whole, lineId)?.sku ?? null,
      variantTitle: ({ whole, lineId }: ExchangeLine) => lineById(whole, lineId)?.variantTitle ?? null,
      productId: ({ whole, lineId }: ExchangeLine) => lineById(whole, lineId)?.productId ?? null,
      processedQuantity: ({ processed }: ExchangeLine) => processed,
      unprocessedQuantity: ({ quantity, processed }: ExchangeLine) => quantity - processed,
      processableQuantity: ({ quantity, processed }: ExchangeLine) => quantity - processed,
    },
  },
}
