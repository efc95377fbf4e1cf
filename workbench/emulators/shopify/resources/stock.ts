import type { Shop } from '../shop.ts'
import { type Change, put } from '../store/entries.ts'
import type { LevelRecord } from '../store/records/goods.ts'
import type { Gid } from '../store/records/ids.ts'

/** Units of a variant that move within a place, or in and out of it. */
export interface StockMove {
  variantId: Gid | null
  locationId: Gid | null
  units: number
  how: keyof typeof MOVES
}

/** What one unit changes: available, committed, on hand. */
const MOVES = {
  /** Promised to an order. */
  commit: [-1, 1, 0],
  /** Left the house, or was lost. */
  ship: [0, -1, -1],
  /** No longer promised. */
  release: [1, -1, 0],
  /** Came back from a customer. */
  return: [1, 0, 1],
} as const

/** Levels after the moves. Goods that are not tracked have none; what leaves without having been promised was still for sale. */
export function stockChanges(shop: Shop, moves: StockMove[]): Change[] {
  const levels = new Map<Gid, LevelRecord>()
  for (const move of moves) {
    const found = levelFor(shop, move)
    if (!found) continue
    const level = levels.get(found.id) ?? found
    const [available, committed, onHand] = MOVES[move.how]
    levels.set(level.id, {
      ...level,
      available: level.available + available * move.units + Math.min(0, level.committed + committed * move.units),
      committed: Math.max(0, level.committed + committed * move.units),
      onHand: level.onHand + onHand * move.units,
      updatedAt: shop.at(),
    })
  }
  return [...levels.values()].map((level) => put('levels', level))
}

/** What may still be sold of a variant, everywhere; undefined when nobody counts it. */
export function availableUnits(shop: Shop, variantId: Gid | null): number | undefined {
  const levels = levelsOf(shop, variantId)
  return levels?.reduce((units, { available }) => units + available, 0)
}

/** The place that an order is sent from, and that refunds restock to where they name none. */
export function mainLocation(shop: Shop): Gid {
  for (const { id, active } of shop.tables.locations.all()) if (active) return id
  throw new Error(`${shop.domain} has no location: give its seed one`)
}

function levelFor(shop: Shop, { variantId, locationId }: StockMove): LevelRecord | undefined {
  const levels = levelsOf(shop, variantId)
  return levels?.find((level) => level.locationId === locationId) ?? levels?.[0]
}

function levelsOf(shop: Shop, variantId: Gid | null): LevelRecord[] | undefined {
  const variant = variantId ? shop.tables.variants.get(variantId) : undefined
  return variant?.tracked ? shop.tables.levels.by('inventoryItemId', variant.inventoryItemId) : undefined
}
