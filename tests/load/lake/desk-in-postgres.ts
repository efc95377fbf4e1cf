import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Engine, openEngine } from '../../../backend/features/analytics/lake/engine.ts'
import { prepareDatabase } from '../../../backend/platform/db/prepare.ts'
import type { DatabaseUrls } from '../../support/processes/durable-database.ts'
import { runOnServer } from '../../support/test-server.ts'
import { DESK_ROWS } from './desk-rows.ts'
import { madeTickets, type Spread } from './made-rows.ts'

const NAME = 'compared_desk'
const AT_ONCE = 250_000

type Made = { workspaceId: string; spread: Spread; staff: readonly string[]; folder: string }

/** A desk that has no lake: its own tables and indexes, seen as the backend sees them. */
export type ComparedDesk = { client: pg.Client; bytes: number; close(): Promise<void> }

/**
 * The rows of the made lake as a desk would have them, in a database of its own with all migrations: tickets, and the record of what became of
 * them. Of other facts that a desk records there are none, which favours it.
 */
export async function fillDesk(urls: DatabaseUrls, made: Made): Promise<ComparedDesk> {
  const [owner, app] = [urls.owner, urls.app].map((url) => Object.assign(new URL(url), { pathname: NAME }).href) as [
    string,
    string,
  ]
  await dropDesk(urls)
  await runOnServer(urls.owner, `create database ${NAME}`)
  await prepareDatabase(owner)
  const bytes = await fill(owner, made)
  const client = new pg.Client({ connectionString: app })
  await client.connect()
  await client.query(`select set_config('app.workspace_id', $1, false)`, [made.workspaceId])
  return {
    client,
    bytes,
    async close() {
      await client.end()
      await dropDesk(urls)
    },
  }
}

const dropDesk = (urls: DatabaseUrls) => runOnServer(urls.owner, `drop database if exists ${NAME} with (force)`)

async function fill(ownerUrl: string, { workspaceId, spread, staff, folder }: Made): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const engine = await openEngine(join(folder, 'filling'), { memory: '1GB', threads: 2 })
  try {
    await client.query(
      `set time zone 'UTC'; set session_replication_role = replica; set maintenance_work_mem = '512MB'`,
    )
    const buildIndexes = await withoutIndexes(client, 'event')
    for (let from = 1; from <= spread.count; from += AT_ONCE) {
      const until = Math.min(from + AT_ONCE, spread.count + 1)
      await engine.run(`create or replace temp table made as ${madeTickets(spread, from, until, staff)}`)
      for (const rows of DESK_ROWS) await copyRows(engine, client, { ...rows, workspaceId })
    }
    await buildIndexes()
    await client.query('vacuum (analyze) desk.ticket')
    await client.query('vacuum (analyze) desk.event')
    const { rows } = await client.query<{ bytes: number }>(
      'select pg_database_size(current_database())::float8 as bytes',
    )
    return rows[0]?.bytes ?? 0
  } finally {
    await engine.close()
    await client.end()
  }
}

/** Indexes are built at once in a fraction of the time that their entries take one by one. @returns what builds them */
async function withoutIndexes(client: pg.Client, table: string): Promise<() => Promise<void>> {
  const { rows: key } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'desk.${table}'::regclass and contype = 'p'`,
  )
  for (const { name } of key) await client.query(`alter table desk.${table} drop constraint ${name}`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'desk' and tablename = '${table}'`,
  )
  for (const { name } of indexes) await client.query(`drop index desk.${name}`)
  return async () => {
    for (const { definition } of indexes) await client.query(definition.replace(' ON ONLY ', ' ON '))
    for (const { name, definition } of key)
      await client.query(`alter table desk.${table} add constraint ${name} ${definition}`)
  }
}

type Copied = { into: string; columns: readonly string[]; sql: string; workspaceId: string }

async function copyRows(engine: Engine, client: pg.Client, { into, columns, sql, workspaceId }: Copied): Promise<void> {
  const file = join(engine.folder, `${into}.csv`)
  await engine.run(`copy (select '${workspaceId}', made.* from (${sql}) made) to '${file}' (format csv, header false)`)
  await pipeline(
    createReadStream(file),
    client.query(copyFrom(`copy desk.${into} (workspace_id, ${columns.join(', ')}) from stdin (format csv)`)),
  )
  await rm(file)
}
