import type { Shop } from '../../shop.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { FulfillmentOrderRecord } from '../../store/records/shipping.ts'

/** Leaves only the named units in a list; the rest becomes a list of its own. Nothing named means everything. */
export function splitOff(shop: Shop, one: FulfillmentOrderRecord, named: { id: Gid; quantity: number }[]) {
  const kept = one.lines.map((line) => ({ line, units: named.find(({ id }) => id === line.id)?.quantity ?? 0 }))
  const all = named.length === 0 || kept.every(({ line, units }) => units === line.remaining)
  if (all) return { kept: one, rest: null }
  const rest: FulfillmentOrderRecord = {
    ...one,
    id: shop.newGid('FulfillmentOrder'),
    status: 'OPEN',
    holds: [],
    createdAt: shop.at(),
    updatedAt: shop.at(),
    lines: kept.flatMap(({ line, units }) => {
      const left = line.remaining - units
      return left > 0 ? [{ ...line, id: shop.newGid('FulfillmentOrderLineItem'), total: left, remaining: left }] : []
    }),
  }
  const lines = kept.flatMap(({ line, units }) => {
    const sent = line.total - line.remaining
    return units + sent > 0 ? [{ ...line, total: units + sent, remaining: units }] : []
  })
  return { kept: { ...one, lines }, rest }
}
