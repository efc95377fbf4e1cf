import { inWords } from '../../../shared/money.ts'
import type { OrderStanding } from '../../clients/shopify/index.ts'
import { markOf, type Standing } from './plan.ts'

/** Lines that an action's own refund takes away. */
export type Taken = readonly { lineId: string; quantity: number }[]

/** What it is told by; an order that was read whole says as much. */
type Facts = Pick<OrderStanding, 'cancelledAt' | 'staffNote'> & {
  refunds: readonly Pick<OrderStanding['refunds'][number], 'id' | 'note' | 'amount'>[]
  parcels: readonly Pick<OrderStanding['parcels'][number], 'id' | 'status'>[]
  lines: readonly Pick<OrderStanding['lines'][number], 'id' | 'currentQuantity'>[]
}

/** How an order stands, without what the action itself did to it. @param own what the action's refund takes away, once it was made */
export function standingOf(order: Facts, actionId: string, own: Taken = []): Standing {
  const refundMark = markOf(actionId, 'refund')
  const isOurs = ({ note }: Facts['refunds'][number]) => note === refundMark
  const cancelledByUs = order.cancelledAt !== null && order.staffNote === markOf(actionId, 'cancel')
  const taken = order.refunds.some(isOurs) ? own : []
  return {
    cancelled: order.cancelledAt !== null && !cancelledByUs,
    // Shopify books the goods that our cancelling takes out as a refund without money.
    refunds: order.refunds
      .filter((refund) => !isOurs(refund) && !(cancelledByUs && refund.amount.shop.minor === 0))
      .map(({ id, amount }) => ({ id, minor: amount.shop.minor })),
    parcels: order.parcels.filter(({ status }) => status !== 'CANCELLED').map(({ id }) => id),
    // Our own cancelling leaves nothing on any line, so lines say no more what others did.
    lines: cancelledByUs
      ? []
      : order.lines.map(({ id, currentQuantity }) => ({ id, quantity: currentQuantity + takenOf(taken, id) })),
  }
}

const takenOf = (lines: Taken, id: string): number =>
  lines.reduce((sum, { lineId, quantity }) => (lineId === id ? sum + quantity : sum), 0)

/**
 * What somebody else did to an order in between, in words; null when nothing moved.
 * @param currency the shop's, in which refunds of a standing are told
 */
export function difference(before: Standing, now: Standing, currency: string): string | null {
  const words = [
    ...cancelling(before, now),
    ...refunding(before, now, currency),
    ...sending(before, now),
    ...changing(before, now),
  ]
  return words.length === 0 ? null : words.join(' ')
}

const cancelling = (before: Standing, now: Standing): string[] =>
  now.cancelled && !before.cancelled ? ['The order was cancelled.'] : []

function refunding(before: Standing, now: Standing, currency: string): string[] {
  const known = new Map(before.refunds.map(({ id, minor }) => [id, minor]))
  const moved = now.refunds.reduce((sum, { id, minor }) => sum + minor - (known.get(id) ?? 0), 0)
  if (moved !== 0) return [`Somebody refunded ${inWords({ minor: moved, currency })} in Shopify.`]
  return now.refunds.some(({ id }) => !known.has(id)) ? ['Somebody made a refund without money in Shopify.'] : []
}

function sending(before: Standing, now: Standing): string[] {
  const sent = now.parcels.filter((id) => !before.parcels.includes(id)).length
  const taken = before.parcels.filter((id) => !now.parcels.includes(id)).length
  return [
    ...(sent > 0 ? [`The warehouse sent ${parcels(sent)} since you looked.`] : []),
    ...(taken > 0 ? [`${capital(parcels(taken))} that had been sent ${taken === 1 ? 'was' : 'were'} taken back.`] : []),
  ]
}

const parcels = (count: number) => (count === 1 ? '1 parcel' : `${count} parcels`)

function changing(before: Standing, now: Standing): string[] {
  if (now.lines.length === 0) return []
  const quantityOf = (standing: Standing, id: string) => standing.lines.find((line) => line.id === id)?.quantity ?? 0
  const ids = [...new Set([...before.lines, ...now.lines].map(({ id }) => id))]
  const changed = ids.filter((id) => quantityOf(before, id) !== quantityOf(now, id)).length
  return changed === 0
    ? []
    : [`The contents of the order were changed: ${changed === 1 ? '1 line' : `${changed} lines`}.`]
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
