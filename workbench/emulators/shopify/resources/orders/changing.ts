import type { Notice, Shop } from '../../shop.ts'
import { type Change, put } from '../../store/entries.ts'
import type { OrderRecord, TransactionRecord } from '../../store/records/orders.ts'
import { outstanding } from './payments.ts'
import { type Whole, wholeOf } from './whole.ts'

/** What one act does to an order, gathered to be written as one. */
export interface Act {
  changes: Change[]
  notices: Notice[]
}

/** The order with a new `updatedAt`; every act on an order or on what hangs on it brings this along. */
export function changing(
  shop: Shop,
  order: OrderRecord,
  patch: Partial<OrderRecord> = {},
): Act & { order: OrderRecord } {
  const changed = { ...order, ...patch, updatedAt: shop.at() }
  return { order: changed, changes: [put('orders', changed)], notices: [{ topic: 'ORDERS_UPDATED', record: changed }] }
}

/** A transaction that came or changed; the webhook says only what is decided. */
export const moving = (record: TransactionRecord): Act => ({
  changes: [put('transactions', record)],
  notices: DECIDED.has(record.status) ? [{ topic: 'ORDER_TRANSACTIONS_CREATE', record }] : [],
})

const DECIDED = new Set(['SUCCESS', 'FAILURE', 'ERROR'])

/** Writes the acts as one and sends what they announce. */
export function carryOut(shop: Shop, ...acts: Partial<Act>[]): void {
  shop.commit(
    acts.flatMap(({ changes = [] }) => changes),
    acts.flatMap(({ notices = [] }) => notices),
  )
}

/** Says that an order is paid when these transactions make it so. */
export function paidBy(before: Whole, transactions: TransactionRecord[], record: OrderRecord): Notice[] {
  const after = { ...before, transactions }
  const settled = outstanding(before).presentment.minor > 0 && outstanding(after).presentment.minor <= 0
  return settled ? [{ topic: 'ORDERS_PAID', record }] : []
}

/** An order with all that hangs on it, as it stands now. @throws Error when there is none */
export function currentWhole(shop: Shop, orderId: string): Whole {
  const order = shop.tables.orders.get(orderId)
  if (!order) throw new Error(`${shop.domain} has no order ${orderId}`)
  return wholeOf(shop, order)
}
