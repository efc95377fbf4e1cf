import { createWriteStream } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Engine, text } from '../engine.ts'
import type { Pace } from '../keeping/pacing.ts'
import { inPieces } from '../keeping/pieces.ts'
import type { Family } from '../sources/families.ts'
import type { Scope, Source } from '../sources/scope.ts'

/** How PostgreSQL writes rows, and how the engine reads them. */
const CSV = { written: 'format csv', read: `delim = ',', quote = '"', escape = '"'` }
const PLAIN = { written: "format text, null ''", read: "delim = '\\t', quote = '', escape = ''" }

const fileOf = (folder: string, { name }: Source): string => join(folder, `${name}.csv`)

/** Where things are read: inside of the transaction whose snapshot it is, and as fast as its desk wants. */
export type Reached = { client: pg.ClientBase; pace: Pace }

/** More than a piece has: of what cannot be cut any further the rest is taken slowly. */
const PIECE_BYTES = 512_000

/**
 * Copies a relation into a file: memory stays small whatever the number of rows (facts/stack.md section 4). Named things are what somebody
 * waits for, and are few; all of a workspace is taken as slowly as its desk wants.
 * @param ids by which the scope is cut into pieces
 */
export async function fetchSource(
  reached: Reached,
  source: Source,
  { ids, scope, folder }: { ids: Family['ids']; scope: Scope; folder: string },
): Promise<void> {
  const file = fileOf(folder, source)
  await writeFile(file, '', { mode: 0o600 })
  for await (const piece of inPieces(reached, ids, scope)) await copyPiece(reached, source, { piece, file })
}

async function copyPiece(
  { client, pace }: Reached,
  source: Source,
  { piece, file }: { piece: Scope; file: string },
): Promise<void> {
  let bytes = 0
  await pipeline(
    client.query(copyTo(`copy (${source.sql(piece)}) to stdout (${source.isPlain ? PLAIN.written : CSV.written})`)),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        yield chunk
        bytes += chunk.length
        if (bytes > PIECE_BYTES && !('some' in piece)) await pace.took(chunk.length)
      }
    },
    createWriteStream(file, { flags: 'a' }),
  )
}

/** Makes a table of what was fetched. */
export const readSource = (engine: Engine, source: Source, folder: string): Promise<void> =>
  read(
    engine,
    { file: fileOf(folder, source), table: source.name, columns: source.columns },
    source.isPlain ? PLAIN : CSV,
  )

type File = { file: string; table: string; columns: Readonly<Record<string, string>> }

/** Makes a table of a file, which is taken away. */
export const readCsv = (engine: Engine, file: File): Promise<void> => read(engine, file, CSV)

async function read(engine: Engine, { file, table, columns }: File, how: typeof CSV): Promise<void> {
  const types = Object.entries(columns).map(([name, type]) => `${text(name)}: ${text(type)}`)
  await engine.run(`create or replace temp table ${table} as select * from read_csv(${text(file)}, header = false, auto_detect = false,
    ${how.read}, nullstr = '', new_line = '\\n', columns = {${types.join(', ')}})`)
  await rm(file, { force: true })
}
