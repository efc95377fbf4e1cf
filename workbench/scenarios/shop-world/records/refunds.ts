import {
  bagFromShop,
  type Currencies,
  minus,
  plus,
  shareOf,
  times,
  total,
} from '../../../emulators/shopify/resources/bags.ts'
import type { OrderRecord, RefundRecord, TransactionRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { OrderStory, RefundStory } from '../orders/order-story.ts'
import type { ShopGround } from './ground.ts'

export interface Refunded {
  refund: RefundRecord
  transaction: TransactionRecord
}

/** Money that went back; each refund goes to the payment it came from, or to the buyer's credit at the shop. */
export const refundsOf = (
  ground: ShopGround,
  story: OrderStory,
  order: OrderRecord,
  payments: readonly TransactionRecord[],
): Refunded[] => {
  const paid = payments.findLast(({ kind, status }) => kind === 'SALE' && status === 'SUCCESS')
  return (story.refunds ?? []).map((one) => {
    if (!paid) throw new Error(`${order.name} gives money back that nobody paid`)
    const refund = refundOf(ground, one, order)
    return { refund, transaction: moneyBack(ground, one, refund, paid) }
  })
}

function refundOf(ground: ShopGround, one: RefundStory, order: OrderRecord): RefundRecord {
  const at = ground.at(one.ago)
  const lines = order.lines
    .map((line) => ({ line, quantity: one.lines?.[line.sku ?? ''] ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ line, quantity }) => ({
      id: ground.gid('RefundLineItem'),
      lineId: line.id,
      quantity,
      restockType: one.restock ?? 'NO_RESTOCK',
      locationId: one.restock === 'NO_RESTOCK' ? null : ground.locationId,
      subtotal: shareOf(minus(times(line.unitPrice, line.quantity), line.discount), quantity, line.quantity),
      tax: shareOf(line.tax, quantity, line.quantity),
    }))
  const shipping = bagFromShop(order, one.shipping ?? 0)
  return {
    id: ground.gid('Refund'),
    orderId: order.id,
    returnId: null,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    note: one.note,
    lines,
    shipping,
    total: plus(linesTotal(order, lines), shipping),
    adjustment: null,
    by: null,
  }
}

const linesTotal = (order: Currencies, lines: RefundRecord['lines']) =>
  total(
    order,
    lines.map(({ subtotal }) => subtotal),
  )

function moneyBack(
  ground: ShopGround,
  one: RefundStory,
  refund: RefundRecord,
  paid: TransactionRecord,
): TransactionRecord {
  const toCredit = one.toStoreCredit
    ? { gateway: 'shopify_store_credit', formattedGateway: 'Store credit', card: null, parentId: null }
    : { parentId: paid.id }
  return {
    ...paid,
    id: ground.gid('OrderTransaction'),
    kind: 'REFUND',
    status: one.bank ?? 'SUCCESS',
    errorCode: one.bank === 'FAILURE' ? 'GENERIC_ERROR' : null,
    amount: refund.total,
    createdAt: refund.createdAt,
    processedAt: one.bank === 'PENDING' ? null : refund.createdAt,
    refundId: refund.id,
    ...toCredit,
  }
}
