import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A value as COPY's text format takes it. */
type Value = string | number | boolean | Date | Buffer | readonly string[] | null

export type Table = { name: string; columns: readonly string[] }

/** Rows of one table on their way into the database. */
export type Pouring = {
  row(first: Value, ...more: readonly Value[]): void
  flush(): Promise<void>
  /** @param alongside writes what is to be there at the same moment as the rows */
  end(alongside?: (client: pg.Client) => Promise<unknown>): Promise<void>
}

/** As much as is kept as text: more of it outlives its making, and is carried about by whoever collects garbage. Characters. */
const PIECE = 64 * 1024
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
  const stream = client.query(copyFrom(`copy desk.${name} (${columns.join(', ')}) from stdin`))
  let failed: unknown
  stream.on('error', (error) => {
    failed = error
  })
  let held = ''
  let pieces: Buffer[] = []
  const cut = () => {
    pieces.push(Buffer.from(held))
    held = ''
  }
  const pass = async () => {
    if (failed) throw failed
    const ready = pieces
    pieces = []
    for (const piece of ready) stream.write(piece)
    if (stream.writableLength > AHEAD) await once(stream, 'drain')
  }
  return {
    row(first, ...more) {
      let line = textOf(first)
      for (const value of more) line += `\t${textOf(value)}`
      held += `${line}\n`
      if (held.length >= PIECE) cut()
    },
    flush: pass,
    async end(alongside) {
      cut()
      await pass()
      stream.end()
      await finished(stream)
      await alongside?.(client)
      await client.query('commit')
      await client.end()
    },
  }
}

function textOf(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Date) return instantOf(value)
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (Array.isArray(value)) return escaped(`{${value.map((one) => `"${one}"`).join(',')}}`)
  return String(value)
}

let lastMs = Number.NaN
let lastInstant = ''

/** A row says one instant two or three times. */
function instantOf(date: Date): string {
  const ms = date.getTime()
  if (ms !== lastMs) {
    lastMs = ms
    lastInstant = date.toISOString()
  }
  return lastInstant
}

const escaped = (text: string) =>
  /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text
