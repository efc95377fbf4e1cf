import type { Shop } from '../../shop.ts'
import type { DisputeRecord } from '../../store/records/customers.ts'
import type { LineRecord, OrderRecord, RefundRecord, TransactionRecord } from '../../store/records/orders.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord, ReturnRecord } from '../../store/records/shipping.ts'

/** An order with all that hangs on it: what its sums and states are worked out from. */
export interface Whole {
  order: OrderRecord
  transactions: TransactionRecord[]
  refunds: RefundRecord[]
  fulfillments: FulfillmentRecord[]
  fulfillmentOrders: FulfillmentOrderRecord[]
  returns: ReturnRecord[]
  disputes: DisputeRecord[]
}

export function wholeOf({ tables }: Shop, order: OrderRecord): Whole {
  const { id } = order
  return {
    order,
    transactions: tables.transactions.by('orderId', id),
    refunds: tables.refunds.by('orderId', id),
    fulfillments: tables.fulfillments.by('orderId', id),
    fulfillmentOrders: tables.fulfillmentOrders.by('orderId', id),
    returns: tables.returns.by('orderId', id),
    disputes: tables.disputes.by('orderId', id),
  }
}

/** A line as a source of fields: what it says of itself, and the order that its quantities depend on. */
export type LineSource = LineRecord & { whole: Whole }

export const lineSource = (whole: Whole, line: LineRecord): LineSource => ({ ...line, whole })

export const lineById = ({ order }: Whole, id: string) => order.lines.find((line) => line.id === id)
