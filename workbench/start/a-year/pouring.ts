import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { beginPages, endPages, rowWriter, type Value } from './copy-format.ts'
import { connectOwner } from './owner-client.ts'

/** With its schema. */
export type Table = { name: string; columns: readonly string[] }

/** Rows of one table on their way into the database. */
export type Pouring = {
  row(...values: readonly Value[]): void
  flush(): Promise<void>
  end(): Promise<void>
}

/** As much as may wait for the database while more is made. Bytes. */
const AHEAD = 8 * 1024 * 1024

/**
 * Opens a table for rows by COPY, on a connection of its own, without triggers: what they would write is written as well.
 * @param url of whoever owns the tables
 * @param begun nothing refers to the table; where it is empty it is begun anew with its rows, which then need not be logged, nor looked at later
 */
export async function pour(url: string, { name, columns }: Table, { begun = false } = {}): Promise<Pouring> {
  const client = await connectOwner(url)
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'; begin",
  )
  const types = await typesOf(client, { name, columns })
  const isNew = begun && (await isEmpty(client, name))
  if (isNew) await client.query(`truncate ${name}`)
  const stream = client.query(
    copyFrom(`copy ${name} (${columns.join(', ')}) from stdin (format binary${isNew ? ', freeze true' : ''})`),
  )
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
    async end() {
      endPages(pages)
      await pass()
      stream.end()
      await finished(stream)
      await client.query('commit')
      await client.end()
    },
  }
}

async function isEmpty(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(`select not exists (select from ${table}) as is`)
  return rows[0]?.is === true
}

/** @returns the names of the types, in the order of the columns */
async function typesOf(client: pg.Client, { name, columns }: Table): Promise<string[]> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0`,
    [name],
  )
  const types = new Map(rows.map((row) => [row.name, row.type]))
  return columns.map((column) => types.get(column) ?? '')
}
