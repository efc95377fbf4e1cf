import type { Money } from '../../../../shared/money.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type OrderDocument, openDocument } from '../../orders/index.ts'
import type { ActionRow } from '../locking.ts'
import type { RefundResult } from '../steps/results.ts'

/** The money of a refund that was made, in the customer's currency, as far as Shopify tells now. */
export type RefundMoney = {
  /** What has arrived, or is on its way. */
  going: Money
  /** The part of it that the bank still works on. */
  pending: Money
  /** What the bank turned down: the customer does not have it. */
  failed: Money
}

/** The order of an action as it was read last: it tells what became of its money. */
export async function orderOfAction(tx: Tx, box: Box, { orderId }: ActionRow): Promise<OrderDocument | null> {
  const row = await tx.shopOrder.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: orderId } },
    select: { document: true },
  })
  return row && openDocument(box, orderId, row.document)
}

/** Store credit has no transactions: it is there as soon as the refund is made. */
export function refundMoney({ amount, transactions }: RefundResult, order: OrderDocument | null): RefundMoney {
  const statuses = new Map((order?.transactions ?? []).map(({ id, status }) => [id, status]))
  const sum = (isMeant: (status: string) => boolean): Money => ({
    currency: amount.presentment.currency,
    minor: transactions
      .filter(({ id, status }) => isMeant(statuses.get(id) ?? status))
      .reduce((all, one) => all + one.amount.presentment.minor, 0),
  })
  return {
    going: transactions.length > 0 ? sum((status) => !FAILED.has(status)) : amount.presentment,
    pending: sum((status) => !FAILED.has(status) && status !== 'SUCCESS'),
    failed: sum((status) => FAILED.has(status)),
  }
}

const FAILED: ReadonlySet<string> = new Set(['FAILURE', 'ERROR'])
