import { TABLES, type TableName } from '../lake/tables.ts'
import { quoted } from './engine.ts'

/** The parts of one table as paths; deltas from the oldest to the newest. */
export type Parts = { base: readonly string[]; deltas: readonly string[] }

/**
 * The statement that binds the view of a table to its parts. A delta says everything about the owners that it names: the newest one counts,
 * and what is in the base only of owners that no delta names.
 */
export function viewOf(name: TableName, parts: Parts): string {
  return `create or replace temp view "${name}" as ${rowsOf(name, parts)}`
}

function rowsOf(name: TableName, { base, deltas }: Parts): string {
  const { columns } = TABLES[name]
  const list = Object.keys(columns)
    .map((column) => `"${column}"`)
    .join(', ')
  const halves: string[] = []
  if (base.length > 0) {
    // said as a join: from «not exists» the planner makes a join that first keeps every owner of the base in memory
    const older = deltas.length > 0 ? ` anti join ${files(deltas)} as d on d.owner_key = b.owner_key` : ''
    halves.push(`select ${list} from ${files(base)} as b${older} where not gone`)
  }
  if (deltas.length > 0) halves.push(`select ${list} from (${newest(deltas)}) where not gone`)
  return halves.length > 0 ? halves.join(' union all ') : nothing(name)
}

function newest(deltas: readonly string[]): string {
  if (deltas.length === 1) return `from ${files(deltas)}`
  return `from ${files(deltas)} qualify file_index = max(file_index) over (partition by owner_key)`
}

const files = (parts: readonly string[]): string => `read_parquet(${paths(parts)})`
const paths = (parts: readonly string[]): string => `[${parts.map(quoted).join(', ')}]`

/** A table that nothing has been written of yet: no rows, and the types that its rows would have. */
const nothing = (name: TableName): string =>
  `select ${Object.entries(TABLES[name].columns)
    .map(([column, type]) => `null::${type} as "${column}"`)
    .join(', ')} where false`
