import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'

/** Ids are text and instants are UTC without zone: DuckDB is many times slower with UUID columns and zones (facts/stack.md section 4). */
const TABLES = `
  create table if not exists event (
    workspace_id varchar, id varchar, recorded_at timestamp, occurred_at timestamp, type varchar, version smallint,
    actor_kind varchar, actor_id varchar, ticket_id varchar, payload json, historical boolean);
  create table if not exists watermark (name varchar primary key, row_xid varchar);
`

/** The figures' own database: one file, one process that has it open. */
export type Lake = { connection: DuckDBConnection; close(): void }

/** @param file path of the DuckDB file; made when it is missing. Everything in it can be pulled again */
export async function openLake(file: string): Promise<Lake> {
  const { DuckDBInstance } = await import('@duckdb/node-api') // a process without figures does not carry the engine
  mkdirSync(dirname(file), { recursive: true })
  const instance = await DuckDBInstance.create(file, { memory_limit: '512MB', threads: '2' })
  const connection = await instance.connect()
  await connection.run(TABLES)
  return {
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
