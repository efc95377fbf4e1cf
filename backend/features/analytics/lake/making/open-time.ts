import { join } from 'node:path'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import { readCsv } from './copying.ts'
import { writeLines } from './one-by-one.ts'

/**
 * Makes `open_time`, by rows of `talk`: how much of it lies between question and answer, and between beginning and end, by the clock of the
 * SLA. Only numbers go to and fro: ids of 36 characters for each ticket cost more than counting.
 */
export async function countOpenTime(
  engine: Engine,
  { countings, folder }: { countings: ReadonlyMap<string, Counting>; folder: string },
): Promise<void> {
  await engine.run(`create or replace temp table talking as
    select row_number() over (order by workspace_id)::integer - 1 as n, workspace_id from (select distinct workspace_id from talk)`)
  const workspaces = await engine.rows('select workspace_id from talking order by n')
  const byNumber = workspaces.map((row) => countings.get(String(row['workspace_id'])))
  const file = join(folder, 'open-time.csv')
  await writeLines(file, ({ write }) =>
    engine.each(
      `select t.rowid::double, w.n, epoch_ms(t.first_in_at)::double, epoch_ms(t.first_out_at)::double, epoch_ms(t.opened_at)::double,
         epoch_ms(t.resolved_at)::double
       from talk t join talking w on w.workspace_id = t.workspace_id where t.first_out_at is not null or t.resolved_at is not null`,
      (columns) => write(linesOf(columns as Columns, byNumber)),
    ),
  )
  await engine.run('drop table talking')
  const columns = { talk_row: 'BIGINT', first_open: 'BIGINT', resolution_open: 'BIGINT' }
  await readCsv(engine, { file, table: 'open_time', columns })
}

/** Row, workspace, asked, answered, begun and ended: instants in milliseconds. */
type Columns = readonly [Numbers, Numbers, ...(readonly [Instants, Instants, Instants, Instants])]
type Numbers = readonly number[]
type Instants = readonly (number | null)[]

function linesOf(
  [rows, workspaces, asked, answered, begun, ended]: Columns,
  countings: readonly (Counting | undefined)[],
): string {
  let lines = ''
  for (const [n, row] of rows.entries()) {
    const counting = countings[workspaces[n] ?? -1]
    lines += `${row},${between(counting, asked[n], answered[n])},${between(counting, begun[n], ended[n])}\n`
  }
  return lines
}

/** Whole seconds; nothing when one of the two did not happen. */
const between = (counting: Counting | undefined, from: number | null = null, to: number | null = null): string =>
  from === null || to === null ? '' : String(Math.floor((counting?.open.between(from, to) ?? 0) / 1_000))
