import type { RegroupedRow } from './history.ts'

/** What a ticket says of a merge or a split, seen from itself. */
export function regroupedLabel({ kind, came }: Pick<RegroupedRow, 'kind' | 'came'>): string {
  if (kind === 'merge') return came ? 'Merged in' : 'Merged into'
  return came ? 'Split from' : 'Split out'
}
