import type { Shop } from '../../shop.ts'
import { type Change, put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { FulfillmentOrderRecord } from '../../store/records/shipping.ts'
import type { Whole } from '../orders/whole.ts'

/** Takes units that shall no longer be sent off the warehouse's list. */
export function withdrawing(
  shop: Shop,
  { fulfillmentOrders }: Whole,
  units: { lineId: Gid; units: number }[],
): Change[] {
  const left = new Map<Gid, number>()
  for (const { lineId, units: more } of units) left.set(lineId, (left.get(lineId) ?? 0) + more)
  if (left.size === 0) return []
  return fulfillmentOrders
    .filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
    .flatMap((one) => {
      const lines = one.lines.map((line) => {
        const taken = Math.min(line.remaining, left.get(line.lineId) ?? 0)
        left.set(line.lineId, (left.get(line.lineId) ?? 0) - taken)
        return { ...line, total: line.total - taken, remaining: line.remaining - taken }
      })
      const changed = lines.some(({ remaining }, index) => remaining !== one.lines[index]?.remaining)
      return changed ? [put('fulfillmentOrders', ended({ ...one, lines, updatedAt: shop.at() }))] : []
    })
}

/** A list with nothing left to send is done, or was cancelled when nothing was sent at all. */
export function ended(one: FulfillmentOrderRecord): FulfillmentOrderRecord {
  if (one.lines.some(({ remaining }) => remaining > 0)) return one
  const status = one.lines.some(({ total }) => total > 0) ? 'CLOSED' : 'CANCELLED'
  return { ...one, status, holds: [] }
}
