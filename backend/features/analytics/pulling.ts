import type { DuckDBConnection } from '@duckdb/node-api'
import type pg from 'pg'
import type { Lake } from './lake.ts'

type EventRow = {
  workspace_id: string
  id: string
  recorded_at: Date
  occurred_at: Date
  type: string
  version: number
  actor_kind: string
  actor_id: string | null
  ticket_id: string | null
  payload: unknown
  historical: boolean
}

const BATCH = 5_000

/**
 * Brings new events into the lake, each exactly once: rows of every transaction that ended before this snapshot and after the
 * last one's. A time as watermark would lose what commits late (facts/stack.md section 4).
 * @param pool of a login in desk_lake, which may read events of every workspace and nothing else
 * @returns how many came
 */
export async function pullEvents(pool: pg.Pool, { connection }: Lake): Promise<number> {
  const client = await pool.connect()
  let done = false
  try {
    const count = await allOrNothing(connection, () => copyNews(client, connection))
    done = true
    return count
  } finally {
    client.release(!done) // a connection that failed is closed, and its transaction with it
  }
}

async function allOrNothing<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin')
  try {
    const result = await work()
    await connection.run('commit')
    return result
  } catch (error) {
    await connection.run('rollback')
    throw error
  }
}

async function copyNews(client: pg.PoolClient, connection: DuckDBConnection): Promise<number> {
  await client.query('begin isolation level repeatable read read only')
  const { rows } = await client.query<{ hi: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as hi')
  const hi = rows[0]?.hi ?? '0'
  const count = await copyBetween(client, connection, await watermarkOf(connection), hi)
  await client.query('commit')
  await connection.run('insert or replace into watermark values ($name, $hi)', { name: 'event', hi })
  return count
}

async function watermarkOf(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll("select row_xid from watermark where name = 'event'")
  return String(reader.getRows()[0]?.[0] ?? '0')
}

async function copyBetween(
  client: pg.PoolClient,
  connection: DuckDBConnection,
  low: string,
  hi: string,
): Promise<number> {
  await client.query({
    text: `declare news no scroll cursor for
      select workspace_id, id, recorded_at, occurred_at, type, version, actor_kind, actor_id, ticket_id, payload, historical
      from desk.event where row_xid >= ${asXid(low)} and row_xid < ${asXid(hi)}`,
  })
  let count = 0
  for (;;) {
    const { rows } = await client.query<EventRow>(`fetch ${BATCH} from news`)
    if (rows.length === 0) return count
    await append(connection, rows)
    count += rows.length
  }
}

/** A cursor takes no parameters; a transaction id is digits only. */
function asXid(text: string): string {
  if (!/^\d{1,20}$/.test(text)) throw new Error('Not a transaction id')
  return `'${text}'::xid8`
}

async function append(connection: DuckDBConnection, rows: readonly EventRow[]): Promise<void> {
  const { timestampValue } = await import('@duckdb/node-api')
  const appender = await connection.createAppender('event')
  const text = (value: string | null) => (value === null ? appender.appendNull() : appender.appendVarchar(value))
  const instant = (value: Date) => appender.appendTimestamp(timestampValue(BigInt(value.getTime()) * 1_000n))
  for (const row of rows) {
    text(row.workspace_id)
    text(row.id)
    instant(row.recorded_at)
    instant(row.occurred_at)
    text(row.type)
    appender.appendSmallInt(row.version)
    text(row.actor_kind)
    text(row.actor_id)
    text(row.ticket_id)
    text(JSON.stringify(row.payload))
    appender.appendBoolean(row.historical)
    appender.endRow()
  }
  appender.closeSync()
}
