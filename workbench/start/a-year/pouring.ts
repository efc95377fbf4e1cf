import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { beginPages, endPages, rowWriter, type Value } from './copy-format.ts'

export type Table = { name: string; columns: readonly string[] }

/** Rows of one table on their way into the database. */
export type Pouring = {
  row(...values: readonly Value[]): void
  flush(): Promise<void>
  /** @param alongside writes what is to be there at the same moment as the rows */
  end(alongside?: (client: pg.Client) => Promise<unknown>): Promise<void>
}

/** As much as may wait for the database while more is made. Bytes. */
const AHEAD = 8 * 1024 * 1024

/**
 * Opens a table for rows by COPY, on a connection of its own, without triggers: what they would write is written as well.
 * @param url of whoever owns the tables
 */
export async function pour(url: string, { name, columns }: Table): Promise<Pouring> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'; begin",
  )
  const types = await typesOf(client, { name, columns })
  const stream = client.query(copyFrom(`copy desk.${name} (${columns.join(', ')}) from stdin (format binary)`))
  let failed: unknown
  stream.on('error', (error) => {
    failed = error
  })
  const pages = beginPages()
  const write = rowWriter(pages, types)
  const pass = async () => {
    if (failed) throw failed
    for (const page of pages.full.splice(0)) stream.write(page)
    if (stream.writableLength > AHEAD) await once(stream, 'drain')
  }
  return {
    row: (...values) => write(values),
    flush: pass,
    async end(alongside) {
      endPages(pages)
      await pass()
      stream.end()
      await finished(stream)
      await alongside?.(client)
      await client.query('commit')
      await client.end()
    },
  }
}

/** @returns the names of the types, in the order of the columns */
async function typesOf(client: pg.Client, { name, columns }: Table): Promise<string[]> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0`,
    [`desk.${name}`],
  )
  const types = new Map(rows.map((row) => [row.name, row.type]))
  return columns.map((column) => types.get(column) ?? '')
}
