import type { Shop } from './shop.ts'
import type { EffectRecord } from './store/records/shop.ts'

export interface Ledger {
  /** How often each kind of effect happened. */
  counts: Record<string, number>
  /** All of them, oldest first. */
  effects: EffectRecord[]
}

/** What really happened in a shop and cannot be taken back, however often it was asked for. */
export function ledgerOf(shop: Shop): Ledger {
  const effects = [...shop.tables.effects.all()]
  const counts: Record<string, number> = {}
  for (const { kind } of effects) counts[kind] = (counts[kind] ?? 0) + 1
  return { counts, effects }
}
