import { basename, join } from 'node:path'
import { type Engine, text } from '../engine.ts'
import type { Part } from '../places/layout.ts'
import { PARQUET, type TableName } from '../tables.ts'
import { timesOf } from './times.ts'

/** A file that was made, and lies in the folder of the engine. */
export type MadePart = { workspaceId: string; table: TableName; part: Part; madeAt: string }

type Wanted = { n: number; workspaceId: string; month: string; rows: number }

/** The engine keeps a buffer for each file that it writes: so many at a time, and of so many rows, fit into little memory. */
const FILES_AT_ONCE = 48
const ROWS_AT_ONCE = 150_000

/** Copies a query that has `workspace_id` and `month` into files of these. */
export async function writeFiles(engine: Engine, table: TableName, query: string): Promise<MadePart[]> {
  await engine.run(`create or replace temp table file as
    select row_number() over (order by workspace_id, month)::integer as n, workspace_id, month, count(*)::integer as rows
    from (${query}) group by workspace_id, month`)
  const files = (await engine.rows(
    'select n, workspace_id as "workspaceId", month, rows from file order by n',
  )) as Wanted[]
  const batches = batchesOf(files)
  // A file is found by its number: two texts for each row and file were most of what writing cost.
  const numbered = `select w.* exclude (workspace_id, month), f.n as file_number from (${query}) w
    join file f on f.workspace_id = w.workspace_id and f.month = w.month`
  const parts: MadePart[] = []
  if (batches.length > 1) await engine.run(`create or replace temp table written as ${numbered}`)
  for (const batch of batches) {
    const [from, to] = [batch[0]?.n ?? 0, batch.at(-1)?.n ?? 0]
    const rows = batches.length > 1 ? `select * from written where file_number between ${from} and ${to}` : numbered
    parts.push(...(await copyFiles(engine, { table, rows, files: batch })))
  }
  if (batches.length > 1) await engine.run('drop table written')
  await engine.run('drop table file')
  return parts
}

function batchesOf(files: readonly Wanted[]): Wanted[][] {
  const batches: Wanted[][] = []
  let rows = 0
  for (const file of files) {
    const last = batches.at(-1)
    if (last && last.length < FILES_AT_ONCE && rows + file.rows <= ROWS_AT_ONCE) last.push(file)
    else batches.push([file])
    rows = batches.at(-1)?.length === 1 ? file.rows : rows + file.rows
  }
  return batches
}

async function copyFiles(
  engine: Engine,
  { table, rows, files }: { table: TableName; rows: string; files: readonly Wanted[] },
): Promise<MadePart[]> {
  // Numbered from 0 in each batch, so that folders of the one before are used again: to make and remove one costs as much as to write its file.
  const first = files[0]?.n ?? 0
  const numbered = `select * replace (file_number - ${first} as file_number) from (${rows})`
  const written = await engine.rows(`copy (${numbered}) to ${text(join(engine.folder, 'made'))}
    (${PARQUET}, partition_by (file_number), filename_pattern '{uuid}', append, return_stats)`)
  const parts = written.map((row) => {
    const madeAt = String(row['filename'])
    const [, number = ''] = /file_number=(\d+)\//.exec(madeAt) ?? []
    const file = files[Number(number)]
    if (!file) throw new Error('The engine wrote a file that nobody asked for')
    const { workspaceId, month } = file
    const part = {
      file: `${table}-${month}-${basename(madeAt)}`,
      rows: Number(row['count']),
      bytes: Number(row['file_size_bytes']),
      times: timesOf(table, row['column_statistics']),
    }
    return { workspaceId, table, madeAt, part }
  })
  const [wanted, got] = [files, parts.map(({ part }) => part)].map((list) =>
    list.reduce((sum, one) => sum + one.rows, 0),
  )
  if (wanted !== got) throw new Error(`The engine wrote ${got} rows of ${table} instead of ${wanted}`)
  return parts
}
