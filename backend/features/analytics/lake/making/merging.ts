import { type Engine, text } from '../engine.ts'
import type { Part, TableParts } from '../places/layout.ts'
import { type LakeTable, TABLES, type TableName } from '../tables.ts'
import { type MadePart, writeFiles } from './files.ts'
import { ALL_MONTHS, FEW_ROWS, fileOf, monthOf, quoted } from './parts.ts'

export type Wish = {
  workspaceId: string
  table: TableName
  parts: TableParts
  /** Where a part lies. */
  pathOf: (part: Part) => string
}

export type Merged = { made: MadePart[]; parts: TableParts }

/** So many rows are written anew at a time, however much has changed: more waits for the next time. */
const MOST_ROWS = 400_000
/** A month of more files is put together. */
const MANY_FILES = 8

/** Makes one delta of the newest ones that are small: of each owner the newest rows. */
export async function mergeDeltas(engine: Engine, { workspaceId, table, parts, pathOf }: Wish): Promise<Merged> {
  const { base, deltas } = parts
  let first = deltas.length - 1
  for (let rows = deltas[first]?.rows ?? 0; first > 0 && rows + (deltas[first - 1]?.rows ?? 0) <= MOST_ROWS; first--)
    rows += deltas[first - 1]?.rows ?? 0
  await readDeltas(engine, table, deltas.slice(first).map(pathOf))
  const made = await writeFiles(engine, table, deltaOf(workspaceId, 'true'))
  await engine.run('drop table delta')
  return { made, parts: { base, deltas: [...deltas.slice(0, first), ...made.map(({ part }) => part)] } }
}

const deltaOf = (workspaceId: string, condition: string) =>
  `select ${text(workspaceId)} as workspace_id, * exclude (n), 'delta' as month from delta where ${condition}`

/**
 * Puts what changed into the months that it belongs to: as many months as fit, those with most changes first, and of these only the files
 * that hold anything of it. What is left stays a delta. Of a small workspace there is one file, for all months.
 */
export async function mergeIntoMonths(engine: Engine, wish: Wish): Promise<Merged> {
  const { workspaceId, table, parts, pathOf } = wish
  const { owner }: LakeTable = TABLES[table]
  const { base, deltas } = parts
  await readDeltas(engine, table, deltas.map(pathOf))
  const isSmall = [...base, ...deltas].reduce((sum, part) => sum + part.rows, 0) <= FEW_ROWS
  const mixed = base.filter((part) => monthIn(part) === ALL_MONTHS)
  const { months, replaced, isAll } = isSmall
    ? { months: [], replaced: base, isAll: true }
    : await monthsThatFit(engine, { ...wish, owner, taken: mixed })
  const month = monthOf(quoted(owner))
  const taken = isAll ? 'true' : `${month} in (${months.map(text).join()})`
  const kept =
    replaced.length === 0
      ? ''
      : `union all select * from ${readParquet(replaced.map(pathOf))} b
         where not exists (select 1 from delta d where d.${quoted(owner)} = b.${quoted(owner)})`
  // Rows of a mixed file whose owner waits in what is left of the delta may go: the delta says what there is.
  const made = await writeFiles(
    engine,
    table,
    `select ${text(workspaceId)} as workspace_id, *, ${isSmall ? text(ALL_MONTHS) : fileOf(TABLES[table])} as month
     from (select * exclude (n) from delta where not gone and ${taken} ${kept})`,
  )
  const rest = isAll ? [] : await writeFiles(engine, table, deltaOf(workspaceId, `not (${taken})`))
  await engine.run('drop table delta')
  return {
    made: [...made, ...rest],
    parts: {
      base: [...base.filter((part) => !replaced.includes(part)), ...made.map(({ part }) => part)],
      deltas: rest.map(({ part }) => part),
    },
  }
}

/** @param taken files that are written anew in any case */
async function monthsThatFit(
  engine: Engine,
  { owner, parts, pathOf, taken }: Wish & { owner: string; taken: readonly Part[] },
): Promise<{ months: string[]; replaced: Part[]; isAll: boolean }> {
  const found = await engine.rows(
    `select ${monthOf(quoted(owner))} as month, count(*)::integer as rows from delta group by all order by rows desc, month`,
  )
  const months: string[] = []
  const replaced = [...taken]
  let budget = MOST_ROWS - taken.reduce((sum, part) => sum + part.rows, 0)
  for (const row of found) {
    const month = String(row['month'])
    const hit = await hitParts(
      engine,
      { owner, pathOf },
      parts.base.filter((part) => monthIn(part) === month),
    )
    const cost = Number(row['rows']) + hit.reduce((sum, part) => sum + part.rows, 0)
    if (months.length > 0 && cost > budget) continue
    months.push(month)
    replaced.push(...hit)
    budget -= cost
  }
  return { months, replaced, isAll: months.length === found.length }
}

/** `delta`: of each owner the rows of the newest delta that names it. */
async function readDeltas(engine: Engine, table: TableName, paths: readonly string[]): Promise<void> {
  const { owner }: LakeTable = TABLES[table]
  const all = paths.map((path, n) => `select *, ${n} as n from ${readParquet([path])}`)
  await engine.run(`create or replace temp table delta as
    with every as (${all.join(' union all ')}), newest as (select ${quoted(owner)} as owner, max(n) as n from every group by all)
    select e.* from every e join newest w on w.owner = e.${quoted(owner)} and w.n = e.n`)
}

/** Files of a month that hold an owner that changed, and the smallest ones when there are many. */
async function hitParts(
  engine: Engine,
  { owner, pathOf }: { owner: string; pathOf: (part: Part) => string },
  parts: readonly Part[],
): Promise<Part[]> {
  const hit: Part[] = []
  for (const part of parts) {
    const [found] = await engine.rows(
      `select exists (select 1 from ${readParquet([pathOf(part)])} b semi join delta d on d.${quoted(owner)} = b.${quoted(owner)}) as hit`,
    )
    if (found?.['hit'] === true) hit.push(part)
  }
  const others = parts.filter((part) => !hit.includes(part)).sort((a, b) => a.rows - b.rows)
  return parts.length > MANY_FILES ? [...hit, ...others.slice(0, parts.length - MANY_FILES)] : hit
}

const readParquet = (paths: readonly string[]) =>
  `read_parquet([${paths.map(text).join(', ')}], hive_partitioning = false)`

const monthIn = ({ file }: Part): string => /^[a-z_]+-(\d{4}-\d{2}|other|all)-/.exec(file)?.[1] ?? ''
