import { basename } from 'node:path'
import { newId } from '../../../../platform/ids.ts'
import { type Engine, text } from '../engine.ts'
import type { Part } from '../places/layout.ts'
import { type LakeTable, TABLES, type TableName } from '../tables.ts'

/** A file that was made, and lies in the folder of the engine. */
export type MadePart = { workspaceId: string; table: TableName; part: Part; madeAt: string }

/**
 * The month in which an owner began, as its id tells: it never changes, so all that is known of one owner lies in one month.
 * Ids of another kind lie in a month of their own.
 */
export const monthOf = (owner: string) => `case when substr(${owner}, 15, 1) = '7' and substr(${owner}, 9, 1) = '-'
  then strftime(make_timestamp(('0x' || substr(${owner}, 1, 8) || substr(${owner}, 10, 4))::bigint * 1000), '%Y-%m') else 'other' end`

/** A workspace with fewer rows of a table has them in one file, whatever their months. */
export const FEW_ROWS = 50_000
export const ALL_MONTHS = 'all'
const DELTA = 'delta'

/**
 * Writes what was made of a table as files, one for each workspace and month, and takes the table away.
 * @param changed owners that were read: a delta says of each of them what there is, and that there is nothing. Without it the files are base
 */
export async function writeParts(engine: Engine, name: TableName, changed: string | null): Promise<MadePart[]> {
  const made = `made_${name}`
  const table: LakeTable = TABLES[name]
  const columns = Object.entries(table.columns).map(([name, type]) => `m.${quoted(name)}::${type} as ${quoted(name)}`)
  const rows = `select m.workspace_id, ${columns.join(', ')}, false as gone from ${made} m`
  const query =
    changed === null
      ? `select *, ${await monthsOf(engine, made, table)} as month from (${rows})`
      : `select *, '${DELTA}' as month from (${rows} ${gone(table, made, changed)})`
  const parts = await writeFiles(engine, name, query)
  await engine.run(`drop table ${made}`)
  return parts
}

async function monthsOf(engine: Engine, made: string, { owner, whole }: LakeTable): Promise<string> {
  if (whole) return `'${ALL_MONTHS}'`
  const large = await engine.rows(`select workspace_id from ${made} group by all having count(*) > ${FEW_ROWS}`)
  if (large.length === 0) return `'${ALL_MONTHS}'`
  return `case when workspace_id in (${large.map((row) => text(String(row['workspace_id']))).join()}) then ${monthOf(quoted(owner))} else '${ALL_MONTHS}' end`
}

export const quoted = (name: string) => `"${name}"`

/** A row for each owner of which nothing is left, with the owner alone. */
function gone({ owner, columns }: LakeTable, made: string, changed: string): string {
  const values = Object.entries(columns).map(([column, type]) => (column === owner ? 'c.id' : `null::${type}`))
  return `union all select c.workspace_id, ${values.join(', ')}, true from ${changed} c
    where not exists (select 1 from ${made} m where m.workspace_id = c.workspace_id and m.${quoted(owner)} = c.id)`
}

/** The engine keeps a buffer for each file that it writes: so many at a time fit into little memory. */
const FILES_AT_ONCE = 16

/** Copies a query that has `workspace_id` and `month` into files of these. */
export async function writeFiles(engine: Engine, table: TableName, query: string): Promise<MadePart[]> {
  await engine.run(`create or replace temp table written as ${query}`)
  const files = await engine.rows('select distinct workspace_id, month from written order by all')
  const parts: MadePart[] = []
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const some = files
      .slice(from, from + FILES_AT_ONCE)
      .map((row) => `(${text(String(row['workspace_id']))}, ${text(String(row['month']))})`)
    const all = files.length <= FILES_AT_ONCE ? '' : `where (workspace_id, month) in (${some.join()})`
    parts.push(...(await copyFiles(engine, table, `select * from written ${all}`)))
  }
  await engine.run('drop table written')
  return parts
}

async function copyFiles(engine: Engine, table: TableName, query: string): Promise<MadePart[]> {
  const folder = `${engine.folder}/${table}-${newId()}`
  const written = await engine.rows(`copy (${query}) to ${text(folder)}
    (format parquet, compression zstd, partition_by (workspace_id, month), filename_pattern '{uuid}', return_stats)`)
  return written.map((row) => {
    const madeAt = String(row['filename'])
    const [, workspaceId = '', month = ''] = /workspace_id=([^/]+)\/month=([^/]+)\//.exec(madeAt) ?? []
    const file = `${table}/${month}-${basename(madeAt, '.parquet')}.parquet`
    return {
      workspaceId,
      table,
      madeAt,
      part: { file, rows: Number(row['count']), bytes: Number(row['file_size_bytes']) },
    }
  })
}
