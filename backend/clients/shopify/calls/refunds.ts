import { z } from 'zod'
import { type Money, toDecimal } from '../../../../shared/money.ts'
import type { RefundLineWish, RefundMade, RefundWish, SuggestedRefund } from '../acts.ts'
import type { Ask, Tell } from '../asking.ts'
import { ShopifyRefused } from '../failures.ts'
import * as operations from '../operations/refunds.ts'
import * as reading from '../reading/refund-made.ts'
import type { Lane } from '../throttling.ts'

const Suggested = z.object({ order: z.object({ suggestedRefund: reading.SuggestedRefund }).nullable() })
const Made = z.object({ refund: reading.RefundMade })
const Found = z.object({ refund: reading.RefundMade.nullable() })

export type SuggestionWish = {
  lines: RefundLineWish[]
  shipping: 'all' | Money | null
  /** The whole order, whatever `lines` and `shipping` say. */
  all: boolean
  to: 'original' | 'store_credit'
}

/** Refunds, in the order's currencies, suggested and made; errors as of `asker`. */
export function refundCalls(ask: Ask, tell: Tell) {
  return {
    /**
     * What Shopify would give back, split over the payments (facts/shopify-meta.md section 1.4). More units than there are count as
     * all there are: a suggestion refuses nothing.
     * @throws ShopifyRefused when the order is gone
     */
    async suggestedRefund(orderId: string, wish: SuggestionWish, lane: Lane): Promise<SuggestedRefund> {
      const variables = {
        id: orderId,
        lines: wish.lines.map(refundLine),
        all: wish.all,
        shipping: wish.shipping === 'all',
        shippingAmount: wish.shipping && wish.shipping !== 'all' ? toDecimal(wish.shipping) : null,
        to: wish.to === 'original' ? 'ORIGINAL_PAYMENT_METHODS' : 'STORE_CREDIT',
      }
      const { order } = await ask(operations.suggestedRefund, Suggested, { variables, lane })
      if (!order) throw new ShopifyRefused('The order is no longer in the shop.')
      return order.suggestedRefund
    },

    /**
     * One refund: lines, shipping and money in one. Lines that are cancelled with it leave the order. Sent again with the same key
     * and the same wish within 24 hours it is the same refund (facts/shopify-meta.md section 1.3); after 23 do not send it again.
     * @throws ShopifyRefused with what is wrong, among others when the key was used for another wish
     */
    async refund(wish: RefundWish, key: string): Promise<RefundMade> {
      const call = { variables: { input: refundInput(wish), key }, lane: 'money' as const }
      return (await tell(operations.refund, Made, call)).done.refund
    },

    /** A refund as it stands now: its transactions may have moved on. null when it is gone. */
    async refundById(id: string, lane: Lane): Promise<RefundMade | null> {
      return (await ask(operations.refundById, Found, { variables: { id }, lane })).refund
    },
  }
}

const refundLine = ({ lineId, quantity, restock, locationId }: RefundLineWish) => ({
  lineItemId: lineId,
  quantity,
  restockType: restock,
  ...(locationId && { locationId }),
})

/** More than was paid is never given back: `allowOverRefunding` stays off. */
function refundInput({ orderId, currency, shipping, storeCredit, ...wish }: RefundWish) {
  return {
    orderId,
    ...(currency && { currency }),
    note: wish.note,
    notify: wish.notify,
    discrepancyReason: wish.discrepancy,
    refundLineItems: wish.lines.map(refundLine),
    ...(shipping && { shipping: shipping === 'all' ? { fullRefund: true } : { amount: toDecimal(shipping) } }),
    transactions: wish.transactions.map(({ parentId, gateway, amount }) => ({
      orderId,
      parentId,
      kind: 'REFUND',
      gateway,
      amount: toDecimal(amount),
    })),
    ...(storeCredit && {
      refundMethods: [
        { storeCreditRefund: { amount: { amount: toDecimal(storeCredit), currencyCode: storeCredit.currency } } },
      ],
    }),
  }
}
