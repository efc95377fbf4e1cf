import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { timesOf } from '../../backend/features/analytics/lake/making/times.ts'
import {
  type Manifest,
  manifestName,
  type Part,
  ROOT,
  type Root,
  type TableParts,
} from '../../backend/features/analytics/lake/places/layout.ts'
import { LAKE_SCHEMA, ownerKey, TABLES, type TableName } from '../../backend/features/analytics/lake/tables.ts'
import { createHandFacts } from './hand-facts.ts'

type Value = string | number | boolean | null | readonly string[] | readonly Stood[]
/** A stretch in which a ticket stood in the backlog. */
export type Stood = { move_id: string; from_at: string; until_at: string | null }
/** Rows as a test writes them: instants as `2026-11-02 09:30`, in UTC; what is left out is null. */
export type HandRow = Readonly<Record<string, Value>>
export type HandTables = Partial<Record<TableName, readonly HandRow[]>>

/**
 * A lake whose rows a test writes by hand, in the layout of decision 041.
 * @param dir folder of the lake
 */
export function handLake(dir: string) {
  const commits = new Map<string, string>()
  const manifests = new Map<string, Manifest['tables']>()
  const facts = createHandFacts()

  const partOf = async (workspaceId: string, name: TableName, rows: readonly HandRow[], file: string) => {
    const path = join(dir, workspaceId, file)
    await mkdir(join(path, '..'), { recursive: true })
    return { file, rows: rows.length, bytes: 1, times: await writeParquet(name, rows, path) }
  }

  const publish = async (workspaceId: string, asOf: string) => {
    const commit = randomUUID()
    commits.set(workspaceId, commit)
    const manifest: Manifest = {
      workspaceId,
      commit,
      zone: 'UTC',
      openUntil: 2027,
      tables: manifests.get(workspaceId) ?? {},
    }
    await mkdir(join(dir, workspaceId), { recursive: true })
    await writeFile(join(dir, workspaceId, manifestName(commit)), JSON.stringify(manifest))
    const root: Root = {
      schema: LAKE_SCHEMA,
      commit: randomUUID(),
      asOf,
      source: { system: '1', timeline: 1, database: 'desk' },
      snapshot: '1:1:',
      workspaces: Object.fromEntries(commits),
    }
    await writeFile(join(dir, 'root.new'), JSON.stringify(root))
    await rename(join(dir, 'root.new'), join(dir, ROOT))
  }

  return {
    dir,
    /** Makes the lake of a workspace anew from these rows. @param perPart so many rows in each part, in the order in which they come */
    async write(
      workspaceId: string,
      tables: HandTables,
      asOf = new Date().toISOString(),
      perPart = Number.POSITIVE_INFINITY,
    ) {
      const known: Manifest['tables'] = {}
      facts.forget(workspaceId)
      for (const [name, rows] of Object.entries(facts.told(workspaceId, tables)) as [TableName, readonly HandRow[]][]) {
        const base: Part[] = []
        for (let from = 0; from < Math.max(rows.length, 1); from += perPart) {
          const file = `${name}-2026-11-${randomUUID()}.parquet`
          base.push(await partOf(workspaceId, name, rows.slice(from, from + perPart), file))
        }
        known[name] = { base, deltas: [] }
      }
      manifests.set(workspaceId, known)
      await publish(workspaceId, asOf)
    },
    /** Adds a delta: all rows of the owners that it names. `gone: true` in a row takes its owner out. */
    async change(workspaceId: string, tables: HandTables, asOf = new Date().toISOString()) {
      const known = structuredClone(manifests.get(workspaceId) ?? {})
      for (const [name, rows] of Object.entries(facts.told(workspaceId, tables)) as [TableName, readonly HandRow[]][]) {
        const table: TableParts = known[name] ?? { base: [], deltas: [] }
        table.deltas.push(await partOf(workspaceId, name, rows, `${name}-delta-${randomUUID()}.parquet`))
        known[name] = table
      }
      manifests.set(workspaceId, known)
      await publish(workspaceId, asOf)
    },
    /** Adds many rows at once, to the base. @param select SQL that gives some of the columns by name */
    async fill(workspaceId: string, name: TableName, select: string, asOf = new Date().toISOString()) {
      const file = `${name}-2026-11-${randomUUID()}.parquet`
      await mkdir(join(dir, workspaceId), { recursive: true })
      await generateParquet(name, select, join(dir, workspaceId, file))
      const known = structuredClone(manifests.get(workspaceId) ?? {})
      const table: TableParts = known[name] ?? { base: [], deltas: [] }
      known[name] = { ...table, base: [...table.base, { file, rows: 1, bytes: 1 }] }
      manifests.set(workspaceId, known)
      await publish(workspaceId, asOf)
    },
    /** Takes parts away, as a sweep does that came too early. */
    sweep: (workspaceId: string) => rm(join(dir, workspaceId), { recursive: true, force: true }),
  }
}

async function generateParquet(name: TableName, select: string, path: string): Promise<void> {
  const columns = { ...TABLES[name].columns, gone: 'BOOLEAN' } as Record<string, string>
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const list = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`)
    await connection.run(`create table part (${list.join(', ')})`)
    await connection.run(`insert into part by name select *, false as gone from (${select})`)
    await copyPart(connection, name, path)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function copyPart(connection: DuckDBConnection, name: TableName, path: string): Promise<Part['times']> {
  const written = await connection.runAndReadAll(
    `copy (select *, ${ownerKey(`"${TABLES[name].owner}"`)} as owner_key from part) to '${path}' (format parquet, return_stats)`,
  )
  return timesOf(name, written.getRowObjectsJson()[0]?.['column_statistics'])
}

async function writeParquet(name: TableName, rows: readonly HandRow[], path: string): Promise<Part['times']> {
  const columns = { ...TABLES[name].columns, gone: 'BOOLEAN' } as Record<string, string>
  const unknown = rows.flatMap((row) => Object.keys(row)).find((column) => !columns[column])
  if (unknown) throw new Error(`${name} has no column ${unknown}`)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const list = Object.entries(columns)
    await connection.run(`create table part (${list.map(([column, type]) => `"${column}" ${type}`).join(', ')})`)
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const values = rows.slice(from, from + AT_ONCE).map((row) => `(${list.map(([column]) => written(row, column))})`)
      await connection.run(`insert into part values ${values.join(', ')}`)
    }
    return await copyPart(connection, name, path)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Rows of one statement: DuckDB takes as long to read a statement as to write some rows. */
const AT_ONCE = 200

const written = (row: HandRow, column: string) =>
  literal(column === 'gone' ? (row['gone'] ?? false) : (row[column] ?? null))

function literal(value: Value): string {
  if (value === null) return 'null'
  if (Array.isArray(value))
    return `[${value.map((one) => (typeof one === 'string' ? literal(one) : stood(one))).join(', ')}]`
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

const stood = ({ move_id, from_at, until_at }: Stood): string =>
  `{move_id: ${literal(move_id)}, from_at: timestamp ${literal(from_at)}, until_at: ${until_at === null ? 'null' : `timestamp ${literal(until_at)}`}}`
