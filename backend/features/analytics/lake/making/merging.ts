import { type Engine, text } from '../engine.ts'
import type { Part, TableParts } from '../places/layout.ts'
import { type LakeTable, TABLES, type TableName } from '../tables.ts'
import { type MadePart, monthOf, quoted, writeFiles } from './parts.ts'

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
  const made = await writeFiles(
    engine,
    table,
    `select ${text(workspaceId)} as workspace_id, * exclude (n) from delta`,
    {
      byMonth: false,
    },
  )
  await engine.run('drop table delta')
  return { made, parts: { base, deltas: [...deltas.slice(0, first), ...made.map(({ part }) => part)] } }
}

/**
 * Puts what changed into the months that it belongs to: as many months as fit, those with most changes first, and of these only the files
 * that hold anything of it. What is left stays a delta.
 */
export async function mergeIntoMonths(engine: Engine, { workspaceId, table, parts, pathOf }: Wish): Promise<Merged> {
  const { owner }: LakeTable = TABLES[table]
  const { base, deltas } = parts
  await readDeltas(engine, table, deltas.map(pathOf))
  const months = await engine.rows(
    `select ${monthOf(quoted(owner))} as month, count(*)::integer as rows from delta group by all order by rows desc, month`,
  )
  const taken = new Map<string, Part[]>()
  let budget = MOST_ROWS
  for (const { month: name, rows } of months) {
    const month = String(name)
    const hit = await hitParts(
      engine,
      { owner, pathOf },
      base.filter((part) => monthIn(part) === month),
    )
    const cost = Number(rows) + hit.reduce((sum, part) => sum + part.rows, 0)
    if (taken.size > 0 && cost > budget) continue
    taken.set(month, hit)
    budget -= cost
  }
  const made: MadePart[] = []
  const mine = (month: string) => `${monthOf(quoted(owner))} = ${text(month)}`
  for (const [month, hit] of taken) {
    const kept =
      hit.length === 0
        ? ''
        : `union all select * from ${readParquet(hit.map(pathOf))} b
      where not exists (select 1 from delta d where d.${quoted(owner)} = b.${quoted(owner)})`
    const query = `select ${text(workspaceId)} as workspace_id, *, ${text(month)} as month
      from (select * exclude (n) from delta where not gone and ${mine(month)} ${kept})`
    made.push(...(await writeFiles(engine, table, query, { byMonth: true })))
  }
  const left = `select ${text(workspaceId)} as workspace_id, * exclude (n) from delta
    where ${monthOf(quoted(owner))} not in (${[...taken.keys()].map(text).join()})`
  const rest = months.length > taken.size ? await writeFiles(engine, table, left, { byMonth: false }) : []
  await engine.run('drop table delta')
  const replaced = new Set([...taken.values()].flat())
  return {
    made: [...made, ...rest],
    parts: {
      base: [...base.filter((part) => !replaced.has(part)), ...made.map(({ part }) => part)],
      deltas: rest.map(({ part }) => part),
    },
  }
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

const monthIn = ({ file }: Part): string => /\/(\d{4}-\d{2}|other)-/.exec(file)?.[1] ?? ''
