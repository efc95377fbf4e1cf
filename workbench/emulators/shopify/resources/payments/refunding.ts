import type { Shop } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { Bag } from '../../store/records/money.ts'
import type { RefundRecord, TransactionRecord } from '../../store/records/orders.ts'
import { minus } from '../bags.ts'
import { noticeOf } from '../notices.ts'
import { type Act, changing, moving } from '../orders/changing.ts'
import { sumOf } from '../orders/payments.ts'
import type { Whole } from '../orders/whole.ts'
import { withdrawing } from '../shipping/withdrawing.ts'
import { type StockMove, stockChanges } from '../stock.ts'
import { arrival, creditBack, type PaymentBack, paymentsBack } from './refund-payments.ts'
import { type Leaving, suggestedAmount, worth, worthOf } from './refund-worth.ts'

/** A refund that was checked and may happen. */
export interface Refunding {
  leaving: Leaving[]
  shipping: Bag
  payments: PaymentBack[]
  /** Smallest units of the customer's currency. */
  storeCredit: { minor: number; expiresAt: Instant | null } | null
  note: string | null
  notify: boolean
  processedAt: Instant | null
  returnId: Gid | null
  /** The app's client id, or null when a person did it in Shopify. */
  by: string | null
}

/** One refund with its lines, its money, its stock and its webhooks. Nothing is written yet. */
export function refunding(shop: Shop, whole: Whole, wish: Refunding): Act & { refund: RefundRecord } {
  const parts = worthOf(whole, wish.leaving)
  const id = shop.newGid('Refund')
  const moved = paymentsBack(shop, whole, id, wish.payments)
  if (wish.storeCredit) moved.push(creditBack(shop, whole, id, wish.storeCredit.minor))
  const money = sumOf(whole, moved)
  const refund: RefundRecord = {
    id,
    orderId: whole.order.id,
    returnId: wish.returnId,
    createdAt: shop.at(),
    processedAt: wish.processedAt ?? shop.at(),
    updatedAt: shop.at(),
    note: wish.note,
    lines: parts.map(({ line, quantity, restockType, locationId, subtotal, tax }) => ({
      id: shop.newGid('RefundLineItem'),
      lineId: line.id,
      quantity,
      restockType,
      locationId,
      subtotal,
      tax,
    })),
    shipping: wish.shipping,
    total: money,
    adjustment: minus(money, suggestedAmount(whole, worth(whole, parts, wish.shipping))),
    by: wish.by,
  }
  return { refund, ...consequences(shop, whole, refund, moved, wish) }
}

function consequences(
  shop: Shop,
  whole: Whole,
  refund: RefundRecord,
  moved: TransactionRecord[],
  wish: Refunding,
): Act {
  const { order, changes, notices } = changing(shop, whole.order)
  const movings = moved.map(moving)
  return {
    changes: [
      ...changes,
      put('refunds', refund),
      ...movings.flatMap((one) => one.changes),
      ...moved.flatMap((one) => arrival(shop, whole, one, wish.storeCredit?.expiresAt)),
      ...withdrawing(shop, whole, cancelledUnits(wish.leaving)),
      ...stockChanges(shop, wish.leaving.flatMap(restocking)),
      shop.effect('refund.made', {
        subjectId: order.id,
        amount: refund.total.shop,
        by: wish.by,
        words: `${order.name}: refund ${refund.note ?? ''}`.trim(),
      }),
      ...(wish.notify ? noticeOf(shop, 'refund', order.email, { subjectId: order.id, by: wish.by }) : []),
    ],
    notices: [{ topic: 'REFUNDS_CREATE', record: refund }, ...movings.flatMap((one) => one.notices), ...notices],
  }
}

const cancelledUnits = (leaving: Leaving[]) =>
  leaving
    .filter(({ restockType }) => restockType === 'CANCEL')
    .map(({ line, quantity }) => ({ lineId: line.id, units: quantity }))

function restocking({ line, quantity, restockType, locationId }: Leaving): StockMove[] {
  if (restockType !== 'CANCEL' && restockType !== 'RETURN') return []
  const how = restockType === 'CANCEL' ? 'release' : 'return'
  return [{ variantId: line.variantId, locationId, units: quantity, how }]
}
