import { comparePlaces } from '../store/ordering.ts'
import type { Kept } from '../store/records/ids.ts'

/** Smallest key first, and among equals the older id; by id alone without a key. */
export function sortedBy<T extends Kept>(records: readonly T[], keyOf: ((record: T) => string) | undefined): T[] {
  const places = records.map((record) => ({ record, key: keyOf?.(record) ?? '', id: record.id }))
  return places.sort(comparePlaces).map(({ record }) => record)
}

/** Numbers and amounts as keys that sort as text does. */
export const numberKey = (value: number) => (value + 1e15).toFixed(0).padStart(17, '0')
