import { lineById, wholeOf } from '../../resources/orders/whole.ts'
import type { Shop } from '../../shop.ts'
import type { DisputeRecord } from '../../store/records/customers.ts'
import type { OrderRecord, RefundRecord, TransactionRecord } from '../../store/records/orders.ts'
import { linePayload } from './lines.ts'
import { from, type Payload, same } from './payload.ts'
import { amount, bagSet, localTime, numberOf } from './wire.ts'

export const paymentPayloads = {
  REFUNDS_CREATE: from<RefundRecord>(refundPayload),
  ORDER_TRANSACTIONS_CREATE: from<TransactionRecord>(transactionPayload),
  ...same(['DISPUTES_CREATE', 'DISPUTES_UPDATE'], from<DisputeRecord>(disputePayload)),
}

/** A refund's money moves on its own: its transactions may still be pending. */
export function refundPayload(shop: Shop, refund: RefundRecord): Payload {
  const order = shop.tables.orders.get(refund.orderId)
  const transactions = shop.tables.transactions.by('refundId', refund.id)
  return {
    id: numberOf(refund.id),
    admin_graphql_api_id: refund.id,
    order_id: numberOf(refund.orderId),
    created_at: localTime(shop, refund.createdAt),
    processed_at: localTime(shop, refund.processedAt),
    note: refund.note,
    user_id: null,
    restock: refund.lines.some(({ restockType }) => restockType !== 'NO_RESTOCK'),
    refund_line_items: order ? refundLines(shop, refund, order) : [],
    transactions: transactions.map((one) => transactionPayload(shop, one)),
    order_adjustments: [],
    duties: [],
    return: refund.returnId ? { id: numberOf(refund.returnId), admin_graphql_api_id: refund.returnId } : null,
  }
}

function refundLines(shop: Shop, refund: RefundRecord, order: OrderRecord): Payload[] {
  const whole = wholeOf(shop, order)
  return refund.lines.map(({ id, lineId, quantity, restockType, locationId, subtotal, tax }) => {
    const line = lineById(whole, lineId)
    return {
      id: numberOf(id),
      line_item_id: numberOf(lineId),
      line_item: line ? linePayload(whole, line) : null,
      quantity,
      restock_type: restockType.toLowerCase(),
      location_id: numberOf(locationId),
      subtotal: Number(amount(subtotal.shop)),
      subtotal_set: bagSet(subtotal),
      total_tax: Number(amount(tax.shop)),
      total_tax_set: bagSet(tax),
    }
  })
}

function transactionPayload(shop: Shop, transaction: TransactionRecord): Payload {
  const { amount: bag, card } = transaction
  return {
    id: numberOf(transaction.id),
    admin_graphql_api_id: transaction.id,
    order_id: numberOf(transaction.orderId),
    parent_id: numberOf(transaction.parentId),
    kind: transaction.kind.toLowerCase(),
    status: transaction.status.toLowerCase(),
    gateway: transaction.gateway,
    manual_payment_gateway: transaction.manual,
    amount: amount(bag.presentment),
    currency: bag.presentment.currency,
    payment_id: transaction.paymentId,
    error_code: transaction.errorCode,
    message: null,
    test: transaction.test,
    created_at: localTime(shop, transaction.createdAt),
    processed_at: localTime(shop, transaction.processedAt),
    source_name: 'web',
    receipt: {},
    ...(card ? { payment_details: { credit_card_company: card.company, credit_card_number: card.number } } : {}),
  }
}

function disputePayload(shop: Shop, dispute: DisputeRecord): Payload {
  return {
    id: numberOf(dispute.id),
    order_id: numberOf(dispute.orderId),
    type: dispute.initiatedAs.toLowerCase(),
    amount: amount(dispute.amount),
    currency: dispute.amount.currency,
    reason: dispute.reason.toLowerCase(),
    network_reason_code: null,
    status: dispute.status.toLowerCase(),
    initiated_at: localTime(shop, dispute.initiatedAt),
    evidence_due_by: null,
    evidence_sent_on: null,
    finalized_on: dispute.finalizedOn,
  }
}
