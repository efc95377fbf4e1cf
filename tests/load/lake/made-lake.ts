import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Engine, openEngine } from '../../../backend/features/analytics/lake/engine.ts'
import { timesOf } from '../../../backend/features/analytics/lake/making/times.ts'
import {
  type Manifest,
  manifestName,
  type Part,
  ROOT,
  type Root,
} from '../../../backend/features/analytics/lake/places/layout.ts'
import {
  LAKE_SCHEMA,
  type LakeTable,
  ownerKey,
  PARQUET,
  TABLES,
  type TableName,
} from '../../../backend/features/analytics/lake/tables.ts'
import { MADE_TABLES, madeTickets, numberAt, OF_TICKETS, type Spread } from './made-rows.ts'

export type MadeLake = { dir: string; rows: number; bytes: number; parts: number; seconds: number; spread: Spread }

type Wanted = {
  dir: string
  workspaceId: string
  staff: readonly string[]
  tickets: number
  openShare: number
  years: number
}

/** So many tickets changed since the base was written, in so many deltas: a desk that works always has some. */
const CHANGED = 10_000
const DELTAS = 4

/**
 * A lake of a workspace in the layout of decision 041, with all tables that the dashboard reads, which no database has: written straight as
 * parts, month by month, so that it can be of any size.
 */
export async function makeLake({ dir, workspaceId, staff, tickets, openShare, years }: Wanted): Promise<MadeLake> {
  const begun = performance.now()
  const spread: Spread = { count: tickets, openShare, years, nowMs: Date.now() }
  const folder = join(dir, workspaceId)
  const engine = await openEngine(join(dir, '.making'), { memory: '1500MB', threads: 2 })
  const tables: Manifest['tables'] = {}
  const add = async (names: readonly TableName[], kind: 'base' | 'deltas', label: string) => {
    for (const name of names) {
      const known = tables[name] ?? { base: [], deltas: [] }
      tables[name] = known
      for (const { suffix, rows } of kind === 'base' ? filesOf(name) : [ALL])
        known[kind].push(
          await writePart(engine, folder, { name, rows, file: `${name}-${label}${suffix}-${randomUUID()}.parquet` }),
        )
    }
  }
  const take = (from: number, until: number) =>
    engine.run(`create or replace temp table made as ${madeTickets(spread, from, until, staff)}`)
  try {
    for (const { month, from, until } of monthsOf(spread)) {
      await take(from, until)
      await add(Object.keys(MADE_TABLES) as TableName[], 'base', month)
    }
    const changed = Math.min(CHANGED, Math.floor(tickets / 10))
    for (let delta = 0; delta < DELTAS; delta++) {
      const from = tickets - changed + Math.floor((delta * changed) / DELTAS)
      await take(from, from + Math.floor(changed / DELTAS))
      await add(OF_TICKETS, 'deltas', 'delta')
    }
  } finally {
    await engine.close()
  }
  await publish(dir, {
    workspaceId,
    commit: randomUUID(),
    zone: 'UTC',
    openUntil: new Date().getUTCFullYear() + 1,
    tables,
  })
  const parts = Object.values(tables).flatMap(({ base, deltas }) => [...base, ...deltas])
  const sum = (of: (part: Part) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    dir,
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    parts: parts.length,
    seconds: (performance.now() - begun) / 1_000,
    spread,
  }
}

function monthsOf(spread: Spread) {
  const months: { month: string; from: number; until: number }[] = []
  const last = new Date(spread.nowMs)
  for (let back = spread.years * 12 + 1; back >= 0; back--) {
    const [begin, end] = [back, back - 1].map((n) => Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - n, 1)) as [
      number,
      number,
    ]
    const [from, until] = [numberAt(spread, begin), Math.min(numberAt(spread, end), spread.count + 1)]
    if (from < until) months.push({ month: new Date(begin).toISOString().slice(0, 7), from, until })
  }
  return months
}

const ALL = { suffix: '', rows: 'true' }

/** As a lake lies that followed a desk. */
function filesOf(name: TableName): { suffix: string; rows: string }[] {
  const { apart }: LakeTable = TABLES[name]
  if (apart === undefined) return [ALL]
  return ['', '-open', '-again'].map((suffix) => ({ suffix, rows: `${apart} = '${suffix}'` }))
}

async function writePart(
  engine: Engine,
  folder: string,
  { name, rows, file }: { name: TableName; rows: string; file: string },
): Promise<Part> {
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  const columns = Object.entries({ ...TABLES[name].columns, gone: 'BOOLEAN', owner_key: 'UBIGINT' })
  await engine.run(
    `create or replace temp table part (${columns.map(([column, type]) => `"${column}" ${type}`).join(', ')})`,
  )
  await engine.run(
    `insert into part by name select *, false as gone, ${ownerKey(`"${TABLES[name].owner}"`)} as owner_key from (${MADE_TABLES[name as keyof typeof MADE_TABLES]}) where ${rows}`,
  )
  const [row] = await engine.rows(`copy part to '${path}' (${PARQUET}, return_stats)`)
  const times = timesOf(name, row?.['column_statistics'])
  return { file, rows: Number(row?.['count']), bytes: Number(row?.['file_size_bytes']), times }
}

async function publish(dir: string, manifest: Manifest): Promise<void> {
  await writeFile(join(dir, manifest.workspaceId, manifestName(manifest.commit)), JSON.stringify(manifest))
  const root: Root = {
    schema: LAKE_SCHEMA,
    commit: randomUUID(),
    asOf: new Date().toISOString(),
    source: { system: '1', timeline: 1, database: 'desk' },
    snapshot: '1:1:',
    workspaces: { [manifest.workspaceId]: manifest.commit },
  }
  await writeFile(join(dir, ROOT), JSON.stringify(root))
}
