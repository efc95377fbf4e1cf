import { carryOut, changing, currentWhole, moving, paidBy } from '../resources/orders/changing.ts'
import { EXPIRED, openAuthorizations } from '../resources/orders/payments.ts'
import type { Whole } from '../resources/orders/whole.ts'
import { type BankManner, bankManner, letBank } from '../resources/payments/bank.ts'
import { arrival } from '../resources/payments/refund-payments.ts'
import type { Shop } from '../shop.ts'
import { put } from '../store/entries.ts'
import type { DisputeRecord } from '../store/records/customers.ts'
import type { Gid } from '../store/records/ids.ts'
import type { TransactionRecord } from '../store/records/orders.ts'

export { type BankManner, bankManner, letBank }

/** The money for an order that was not paid at the checkout is there: collected at the door, or sent by bank. */
export function collect(shop: Shop, orderId: Gid): TransactionRecord[] {
  const whole = currentWhole(shop, orderId)
  if (whole.order.cancelledAt) throw new Error(`${whole.order.name} was cancelled: there is nothing to collect`)
  const open = whole.transactions.filter(({ kind, status }) => kind === 'SALE' && status === 'PENDING')
  if (open.length === 0) throw new Error(`${whole.order.name} waits for no money`)
  const paid = open.map((one): TransactionRecord => ({ ...one, status: 'SUCCESS', processedAt: shop.at() }))
  settleAll(shop, whole, paid)
  return paid
}

/** Takes the money that a bank had promised. */
export function capture(shop: Shop, orderId: Gid): TransactionRecord[] {
  const whole = currentWhole(shop, orderId)
  const open = openAuthorizations(whole)
  if (open.length === 0) throw new Error(`${whole.order.name} has nothing to capture`)
  const at = { createdAt: shop.at(), processedAt: shop.at() }
  const captured = open.map(({ authorization, left }): TransactionRecord => {
    const id = shop.newGid('OrderTransaction')
    return { ...authorization, ...at, id, kind: 'CAPTURE', parentId: authorization.id, amount: left }
  })
  settleAll(shop, whole, captured)
  return captured
}

/** Banks hold money for some days only. */
export function expireAuthorizations(shop: Shop, orderId: Gid): void {
  const whole = currentWhole(shop, orderId)
  const expired = openAuthorizations(whole).map(({ authorization }) => ({ ...authorization, errorCode: EXPIRED }))
  settleAll(shop, whole, expired)
}

export const settleRefund = (shop: Shop, transactionId: Gid): void => decide(shop, transactionId, 'SUCCESS', null)

/** The money stays with the shop; `errorCode` is one of OrderTransactionErrorCode. */
export const failRefund = (shop: Shop, transactionId: Gid, errorCode = 'PROCESSING_ERROR'): void =>
  decide(shop, transactionId, 'FAILURE', errorCode)

/** A customer asks their bank for the money. */
export function openDispute(
  shop: Shop,
  orderId: Gid,
  { as = 'CHARGEBACK', reason = 'FRAUDULENT' }: { as?: DisputeRecord['initiatedAs']; reason?: string } = {},
): DisputeRecord {
  const { order, transactions } = currentWhole(shop, orderId)
  const payment = transactions.find(
    ({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'),
  )
  if (!payment) throw new Error(`${order.name} was not paid: there is nothing to dispute`)
  const dispute: DisputeRecord = {
    id: shop.newGid('ShopifyPaymentsDispute'),
    orderId,
    initiatedAs: as,
    status: 'NEEDS_RESPONSE',
    reason,
    amount: payment.amount.shop,
    initiatedAt: shop.at(),
    finalizedOn: null,
  }
  disputed(shop, dispute, 'DISPUTES_CREATE')
  return dispute
}

export function closeDispute(shop: Shop, disputeId: Gid, status: 'WON' | 'LOST' | 'ACCEPTED'): DisputeRecord {
  const before = shop.tables.disputes.get(disputeId)
  if (!before) throw new Error(`${shop.domain} has no dispute ${disputeId}`)
  const dispute = { ...before, status, finalizedOn: shop.at().slice(0, 10) }
  disputed(shop, dispute, 'DISPUTES_UPDATE')
  return dispute
}

function settleAll(shop: Shop, whole: Whole, settled: TransactionRecord[]) {
  const ids = new Set(settled.map(({ id }) => id))
  const after = [...whole.transactions.filter(({ id }) => !ids.has(id)), ...settled]
  const act = changing(shop, whole.order)
  carryOut(shop, ...settled.map(moving), act, { notices: paidBy(whole, after, act.order) })
}

function decide(shop: Shop, id: Gid, status: 'SUCCESS' | 'FAILURE', errorCode: string | null) {
  const before = shop.tables.transactions.get(id)
  if (before?.kind !== 'REFUND' || before.status !== 'PENDING')
    throw new Error(`${id} is no refund that the bank still holds`)
  const whole = currentWhole(shop, before.orderId)
  const moved: TransactionRecord = { ...before, status, errorCode, processedAt: shop.at() }
  carryOut(shop, moving(moved), changing(shop, whole.order), { changes: arrival(shop, whole, moved) })
}

function disputed(shop: Shop, dispute: DisputeRecord, topic: string) {
  const { order } = currentWhole(shop, dispute.orderId)
  carryOut(shop, { changes: [put('disputes', dispute)], notices: [{ topic, record: dispute }] }, changing(shop, order))
}
