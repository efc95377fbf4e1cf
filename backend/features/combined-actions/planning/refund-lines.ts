import type { RefundLineWish } from '../../../clients/shopify/index.ts'
import { cancelledOf, type Intention, isWholeCancel } from './intention.ts'
import type { LiveLine } from './live-order.ts'

type Wanted = Pick<Intention, 'live' | 'input'>

/**
 * The lines that a refund takes out of the order's books. Goods that are cancelled leave it unsent, and only CANCEL keeps the warehouse from
 * sending them, unless the whole order is cancelled next; goods that were sent are lost, never back on the shelf. Goods that are still to be
 * sent stay in the order although their money goes back, or the warehouse would not send them.
 */
export const refundedLines = (wanted: Wanted): RefundLineWish[] =>
  wanted.live.lines.flatMap((line) => {
    const { cancelled, lost } = partsOf(wanted, line)
    const restock =
      wanted.input.cancel?.restock || !isWholeCancel(wanted.input) ? ('CANCEL' as const) : ('NO_RESTOCK' as const)
    return [
      ...(cancelled > 0 ? [{ lineId: line.id, quantity: cancelled, restock, locationId: null }] : []),
      ...(lost > 0 ? [{ lineId: line.id, quantity: lost, restock: 'NO_RESTOCK' as const, locationId: null }] : []),
    ]
  })

/** The lines that money is given back for, as Shopify is asked what they come to. */
export const paidBackLines = (wanted: Wanted): RefundLineWish[] =>
  wanted.live.lines.flatMap((line) => {
    const quantity = paidBackOf(wanted, line)
    return quantity > 0 ? [{ lineId: line.id, quantity, restock: 'NO_RESTOCK' as const, locationId: null }] : []
  })

/** Goods that stay to be sent although their money goes back. */
export const stillSent = (wanted: Wanted): { quantity: number; title: string }[] =>
  wanted.live.lines.flatMap((line) => {
    const { cancelled, lost } = partsOf(wanted, line)
    const quantity = Math.min(paidBackOf(wanted, line) - cancelled - lost, line.unsent - cancelled)
    return quantity > 0 ? [{ quantity, title: line.title }] : []
  })

/** Whether money goes back for gift cards that were bought. */
export const paysBackCards = (wanted: Wanted): boolean =>
  wanted.live.lines.some((line) => line.isGiftCard && paidBackOf(wanted, line) > 0)

function partsOf(wanted: Wanted, line: LiveLine): { cancelled: number; lost: number } {
  const cancelled = cancelledOf(wanted.input, line)
  const rest = paidBackOf(wanted, line) - cancelled
  const isAllSent = line.unsent === cancelled
  return { cancelled, lost: isAllSent ? Math.max(0, Math.min(rest, line.refundable - cancelled)) : 0 }
}

function paidBackOf({ input }: Wanted, line: LiveLine): number {
  if (input.refund?.what === 'all') return line.refundable
  if (input.refund?.what !== 'lines') return 0
  return input.refund.lines.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
}
