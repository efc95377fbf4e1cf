import type { Part } from '../places/layout.ts'
import { TABLES, type TableName } from '../tables.ts'

type Entries<T> = readonly { key: string; value: T }[]

/**
 * Between which instants the rows of a part lie, column by column.
 * @param statistics what the engine said of its columns when it wrote it, as JSON
 */
export function timesOf(table: TableName, statistics: unknown): Part['times'] {
  const known = new Map((statistics as Entries<Entries<string>>).map(({ key, value }) => [key, value]))
  const instants = Object.entries(TABLES[table].columns).filter(([, type]) => type === 'TIMESTAMP')
  const times = instants.flatMap(([column]) => {
    const about = new Map(known.get(`"${column}"`)?.map(({ key, value }) => [key, value]))
    const nulls = about.get('null_count')
    if (nulls === undefined) return [] // nothing is said: whatever is asked, it may be in it
    const [min, max] = ['min', 'max'].map((name) => about.get(name))
    const none = nulls === about.get('num_values')
    if (!none && (min === undefined || max === undefined)) return []
    return [[column, { min: msOf(min, 0), max: msOf(max, 1), nulls: nulls !== '0' }] as const]
  })
  return Object.fromEntries(times)
}

/** @param more what the microseconds that are left out may make of it */
const msOf = (instant: string | undefined, more: number): number | null =>
  instant === undefined ? null : Date.parse(`${instant.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')}Z`) + more
