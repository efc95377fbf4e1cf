import type { ActionStart } from '../../../../shared/combined-actions.ts'
import type { OrderActs } from '../../../../shared/orders.ts'
import type { OrderRow, OrderSummary } from '../../orders/index.ts'

export const START_LABELS: Record<ActionStart, string> = {
  spillage: 'Spilled or broken',
  lost_parcel: 'Parcel lost',
  wrong_item: 'Wrong item',
  late: 'Too late',
  changed_mind: 'Changed their mind',
  refund: 'Only a refund',
  gift_card: 'Only a gift card',
  reship: 'Only send again',
  cancel: 'Only cancel',
  blank: 'Choose the parts',
}

type Facts = Pick<OrderRow, 'cancelledAt' | 'deletedAt' | 'test' | 'shopState' | 'shopName'>

/**
 * What the drop-down of an order offers, from what is cached: cheap, and only a promise. Whether a part is possible is read live when the
 * form opens.
 */
export function startsOf(
  order: Facts,
  summary: Pick<OrderSummary, 'payment' | 'parcels' | 'received' | 'refunded'>,
  locked: string | null,
): Pick<OrderActs, 'starts' | 'noStarts'> {
  const noStarts = whyNone(order, locked)
  if (noStarts !== null) return { starts: [], noStarts }
  const sent = summary.parcels.length > 0
  const delivered =
    sent && summary.parcels.every(({ deliveredAt, status }) => deliveredAt !== null || status === 'DELIVERED')
  const cancelled = order.cancelledAt !== null
  const money = summary.payment.kind !== 'cod_open' && summary.received.minor > summary.refunded.minor
  const offered: Record<ActionStart, boolean> = {
    spillage: sent,
    lost_parcel: sent && !delivered,
    wrong_item: sent,
    late: !cancelled,
    changed_mind: !cancelled && (money || !sent),
    refund: money,
    gift_card: true,
    reship: true,
    cancel: !cancelled && !sent,
    blank: true,
  }
  const starts = (Object.keys(offered) as ActionStart[]).filter((start) => offered[start])
  return { starts: starts.map((start) => ({ start, label: START_LABELS[start] })), noStarts: null }
}

function whyNone({ deletedAt, test, shopState, shopName }: Facts, locked: string | null): string | null {
  if (locked !== null) return locked
  if (deletedAt !== null) return 'This order was deleted in Shopify, so nothing can be done with it.'
  if (test) return 'This is a test order: no money moved, so nothing can be made right.'
  if (shopState !== 'connected')
    return `Nothing can be done with orders of ${shopName} until an admin connects it again.`
  return null
}
