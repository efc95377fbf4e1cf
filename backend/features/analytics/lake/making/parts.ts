import { type Engine, text } from '../engine.ts'
import { type LakeTable, ownerKey, TABLES, type TableName } from '../tables.ts'
import { type MadePart, writeFiles } from './files.ts'

/**
 * The month in which an owner began, as its id tells: it never changes, so all that is known of one owner lies in one month.
 * Ids of another kind lie in a month of their own.
 */
export const monthOf = (owner: string) => `case when substr(${owner}, 15, 1) = '7' and substr(${owner}, 9, 1) = '-'
  then strftime(make_timestamp(('0x' || substr(${owner}, 1, 8) || substr(${owner}, 10, 4))::bigint * 1000), '%Y-%m') else 'other' end`

/** Where a row of a base lies: in its month, and of some tables apart from others of it. */
export const fileOf = ({ owner, apart }: LakeTable, month = monthOf(quoted(owner))) =>
  apart === undefined ? month : `(${month} || ${apart})`

/** A workspace with fewer rows of a table has them in one file, whatever their months. */
export const FEW_ROWS = 50_000
export const ALL_MONTHS = 'all'
const DELTA = 'delta'

/**
 * Writes what was made of a table as files, one for each workspace and month, and takes the table away.
 * @param byMonths these are a stretch of a workspace that is large, however few they are
 * @param changed owners that were read: a delta says of each of them what there is, and that there is nothing. Without it the files are base
 * @param isKeyed the table has `owner_key` and `owner_month` already
 */
export async function writeParts(
  engine: Engine,
  name: TableName,
  { changed, byMonths, isKeyed = false }: { changed: string | null; byMonths: boolean; isKeyed?: boolean },
): Promise<MadePart[]> {
  const made = `made_${name}`
  const table: LakeTable = TABLES[name]
  const columns = Object.entries(table.columns).map(([name, type]) => `m.${quoted(name)}::${type} as ${quoted(name)}`)
  const owner = `m.${quoted(table.owner)}`
  const [key, month] = isKeyed ? ['m.owner_key', 'm.owner_month'] : [ownerKey(owner), monthOf(owner)]
  const rowsIn = (file: string) =>
    `select m.workspace_id, ${columns.join(', ')}, false as gone, ${key} as owner_key, ${file} as month from ${made} m`
  const inMonths = fileOf(table, month)
  const query =
    changed === null
      ? rowsIn(byMonths && !table.whole ? inMonths : await monthsOf(engine, { made, table, inMonths }))
      : `${rowsIn(`'${DELTA}'`)} ${gone(table, made, changed)}`
  const parts = await writeFiles(engine, name, query)
  await engine.run(`drop table ${made}`)
  return parts
}

async function monthsOf(
  engine: Engine,
  { made, table, inMonths }: { made: string; table: LakeTable; inMonths: string },
): Promise<string> {
  if (table.whole) return `'${ALL_MONTHS}'`
  const large = await engine.rows(`select workspace_id from ${made} group by all having count(*) > ${FEW_ROWS}`)
  if (large.length === 0) return `'${ALL_MONTHS}'`
  return `case when m.workspace_id in (${large.map((row) => text(String(row['workspace_id']))).join()}) then ${inMonths} else '${ALL_MONTHS}' end`
}

export const quoted = (name: string) => `"${name}"`

/** A row for each owner of which nothing is left, with the owner alone. */
function gone({ owner, columns }: LakeTable, made: string, changed: string): string {
  const values = Object.entries(columns).map(([column, type]) => (column === owner ? 'c.id' : `null::${type}`))
  return `union all select c.workspace_id, ${values.join(', ')}, true, ${ownerKey('c.id')}, '${DELTA}' from ${changed} c
    where not exists (select 1 from ${made} m where m.workspace_id = c.workspace_id and m.${quoted(owner)} = c.id)`
}
