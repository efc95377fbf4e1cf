import type { MadePart } from '../making/files.ts'
import type { Manifest } from '../places/layout.ts'
import { TABLE_NAMES, type TableName } from '../tables.ts'

type About = Omit<Manifest, 'tables'>

/**
 * @param before null begins anew: what was made is the base. Otherwise it is a delta on top of what there was
 * @param anew tables that were read as a whole all the same
 */
export function manifestWith(
  before: Manifest | null,
  { made, anew }: { made: readonly MadePart[]; anew: ReadonlySet<TableName> },
  about: About,
): Manifest {
  const tables: Manifest['tables'] = {}
  for (const name of TABLE_NAMES) {
    const own = made.filter(({ table }) => table === name).map(({ part }) => part)
    const { base = [], deltas = [] } = before?.tables[name] ?? {}
    const next = before && !anew.has(name) ? { base, deltas: [...deltas, ...own] } : { base: own, deltas: [] }
    if (next.base.length + next.deltas.length > 0) tables[name] = next
  }
  return { ...about, tables }
}
