import type { MadePart } from '../making/parts.ts'
import type { Manifest } from '../places/layout.ts'
import { TABLE_NAMES } from '../tables.ts'

type About = Pick<Manifest, 'workspaceId' | 'commit' | 'zone'>

/** @param before null begins anew: what was made is the base. Otherwise it is a delta on top of what there was */
export function manifestWith(before: Manifest | null, made: readonly MadePart[], about: About): Manifest {
  const tables: Manifest['tables'] = {}
  for (const name of TABLE_NAMES) {
    const own = made.filter(({ table }) => table === name).map(({ part }) => part)
    const { base = [], deltas = [] } = before?.tables[name] ?? {}
    if (own.length === 0 && base.length === 0 && deltas.length === 0) continue
    tables[name] = before ? { base, deltas: [...deltas, ...own] } : { base: own, deltas: [] }
  }
  return { ...about, tables }
}
