import { createCipheriv, createSecretKey, hkdfSync } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Ctx } from '../../backend/context.ts'
import { createWriter } from '../../backend/features/analytics/index.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { deriveKey, keyId, unseal } from '../../backend/platform/crypto.ts'
import { createPool } from '../../backend/platform/database.ts'
import { ownerOf } from './database.ts'
import { objectsFolderOf } from './objects-folder.ts'

/** What a dump is made of. */
type Dumped = { workspaceId: string; database: { ownerUrl: string; lakeUrl: string }; ctx: Pick<Ctx, 'config' | 'log'> }

/** One place of a dump, with all that can be read there: as it stands, and opened with every key of the workspace. */
type Readable = { place: string; text: string }

export type WholeDump = {
  /** Places where a text stands in any way, each once. */
  placesOf(needle: string): string[]
  /** How many columns and files were opened with a key. */
  opened: number
}

/**
 * All that the desk keeps: every row of every table as the superuser reads it, every object, and the lake. What is sealed is opened with
 * the keys of the workspace; nothing is left out because nobody knows whose it is.
 */
export async function dumpOf(desk: Dumped): Promise<WholeDump> {
  const keys = await dataKeysOf(desk)
  const readable = [...(await rowsOf(desk)), ...(await objectsOf(desk)), ...(await lakeOf(desk))]
  const texts: Readable[] = []
  let opened = 0
  for (const { place, bytes } of readable) {
    texts.push({ place, text: bytes.toString('latin1').toLowerCase() })
    for (const content of openedWith(keys, bytes)) {
      texts.push({ place: `${place}, opened`, text: content.toString('utf8').toLowerCase() })
      opened++
    }
  }
  return {
    opened,
    placesOf: (needle) => [
      ...new Set(texts.filter(({ text }) => text.includes(needle.toLowerCase())).map((one) => one.place)),
    ],
  }
}

type Bytes = { place: string; bytes: Buffer }

async function dataKeysOf(desk: Dumped): Promise<Map<number, Buffer>> {
  const owner = await ownerOf(desk.database)
  const { rows } = await owner.query('select * from desk.data_key where workspace_id = $1', [desk.workspaceId])
  await owner.end()
  const keys = rows.map(({ version, wrapped, master_key_id: id }): [number, Buffer] => {
    const master = desk.ctx.config.masterKeys.find((key) => keyId(key) === id)
    if (!master) throw new Error('No master key opens this data key')
    const place = { workspaceId: desk.workspaceId, table: 'data_key', id: String(version) }
    return [version, unseal({ version: 0, key: createSecretKey(deriveKey(master, 'wrap')) }, place, wrapped)]
  })
  return new Map(keys)
}

async function rowsOf(desk: Dumped): Promise<Bytes[]> {
  const owner = await ownerOf(desk.database)
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`,
  )
  const found: Bytes[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query<Record<string, unknown>>(`select * from ${name}`)
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue
        const bytes = Buffer.isBuffer(value)
          ? value
          : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
        found.push({
          place: `${name}.${column}`,
          bytes: Buffer.isBuffer(value) ? bytes : Buffer.from(bytes.toString('utf8'), 'utf8'),
        })
      }
  }
  await owner.end()
  return found
}

const objectsOf = (desk: Dumped) => filesIn(objectsFolderOf(desk.ctx.config), 'objects')

/** The lake as its process keeps it, brought up to date: every file that lies there, row by row and as it is. */
async function lakeOf({ database, ctx: { config, log } }: Dumped): Promise<Bytes[]> {
  const pool = createPool(database.lakeUrl, 1, log)
  const writer = createWriter({ config, log, clock: systemClock, live: { ring: () => undefined } }, pool)
  await writer.pull()
  await writer.stop()
  await pool.end()
  const files = await filesIn(config.lake.dir, 'lake')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const found: Bytes[] = []
  for (const { place } of files.filter((file) => file.place.endsWith('.parquet'))) {
    const path = join(config.lake.dir, place.slice('lake/'.length))
    const rows = (await connection.runAndReadAll(`from read_parquet('${path}')`)).getRowsJson()
    const [table = ''] = basename(path).split('-')
    found.push({ place: `lake.${table}`, bytes: Buffer.from(JSON.stringify(rows)) })
  }
  connection.closeSync()
  instance.closeSync()
  return [...found, ...files]
}

async function filesIn(root: string, place: string): Promise<Bytes[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      place: `${place}/${relative(root, join(parentPath, name))}`,
      bytes: await readFile(join(parentPath, name)),
    })),
  )
}

const HEADER = 4
const FRAME = 65_536 + 16

/**
 * What a thief with the keys would read, whatever place the value says that it belongs to: the cipher is run without asking whether it was
 * changed. A wrong key gives noise, in which no word is found.
 */
function openedWith(keys: ReadonlyMap<number, Buffer>, bytes: Buffer): Buffer[] {
  const version = bytes.length > HEADER ? bytes.readUInt16BE(2) : -1
  const key = keys.get(version)
  if (!key) return []
  if (bytes[0] === 1 && bytes.length >= 32) return [openedValue(key, bytes)]
  if (bytes[0] === 2 && bytes.length >= 36) return [openedFrames(key, bytes)]
  return []
}

/** The stream of AES-GCM begins at counter 2 of the nonce. */
const decrypted = (key: Buffer, nonce: Buffer, sealed: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.concat([nonce, Buffer.from([0, 0, 0, 2])]))
  return Buffer.concat([cipher.update(sealed), cipher.final()])
}

function openedValue(key: Buffer, bytes: Buffer): Buffer {
  const content = decrypted(key, bytes.subarray(HEADER, HEADER + 12), bytes.subarray(HEADER + 28))
  if (bytes[1] !== 1) return content
  try {
    return inflateRawSync(content)
  } catch {
    return content // bytes that only look as if they were sealed
  }
}

function openedFrames(key: Buffer, bytes: Buffer): Buffer {
  const own = Buffer.from(hkdfSync('sha256', key, bytes.subarray(4, 36), 'sidedesk/frames', 32))
  const frames: Buffer[] = []
  for (let at = 36, frame = 0; at < bytes.length; at += FRAME, frame++) {
    const sealed = bytes.subarray(at, at + FRAME)
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(frame, 5, 6)
    nonce[11] = at + FRAME >= bytes.length ? 1 : 0
    frames.push(decrypted(own, nonce, sealed.subarray(0, -16)))
  }
  return Buffer.concat(frames)
}
