import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LakeBroken } from '../lake/places/reading.ts'
import { PARQUET } from '../lake/tables.ts'
import { isBroken } from './broken.ts'
import { type Engine, openEngine } from './engine.ts'

let folder = ''
let whole: Buffer
let engine: Engine
let connection: DuckDBConnection
const pathOf = (name: string) => join(folder, `${name}.parquet`)
const reading = (name: string) => `select count(*), max(words), sum(n) from read_parquet('${pathOf(name)}')`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidedesk-broken-'))
  engine = await openEngine(folder)
  connection = await engine.connect()
  const maker = await (await import('@duckdb/node-api')).DuckDBInstance.create(':memory:')
  const making = await maker.connect()
  await making.run(
    `copy (select n, md5(n::varchar) as words from range(50000) r (n)) to '${pathOf('whole')}' (${PARQUET}, row_group_size 10000)`,
  )
  making.closeSync()
  maker.closeSync()
  whole = readFileSync(pathOf('whole'))
})
afterAll(async () => {
  connection.closeSync()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What the engine says to it; null when it does it. */
async function said(sql: string): Promise<unknown> {
  return connection.run(sql).then(
    () => null,
    (error: unknown) => error,
  )
}

/** The whole file with some bytes of it turned over. */
function damaged(from: number, length: number): Buffer {
  const bytes = Buffer.from(whole)
  for (let at = from; at < from + length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes
}

test('a file that is missing, cut off or holds something else is broken, and so is one whose bytes were turned over', async () => {
  expect(await said(reading('whole'))).toBeNull()
  expect(isBroken(await said(reading('missing')))).toBe(true)
  const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8)
  const broken = {
    empty: Buffer.alloc(0),
    short: whole.subarray(0, 20),
    half: whole.subarray(0, whole.length / 2),
    zeroes: Buffer.alloc(whole.length),
    nonsense: Buffer.from('PAR1 nonsense nonsense PAR1'),
    footer: damaged(footer, whole.length - 8 - footer),
    pages: damaged(1_000, footer - 2_000),
  }
  for (const [name, bytes] of Object.entries(broken)) {
    writeFileSync(pathOf(name), bytes)
    const error = await said(reading(name))
    expect({ [name]: isBroken(error), error }).toEqual({ [name]: true, error: expect.any(Error) })
  }
  expect(isBroken(new LakeBroken('a manifest is missing'))).toBe(true)
})

test('wherever the footer of a file was damaged, what the engine refuses counts as broken', async () => {
  const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8)
  let refused = 0
  for (let at = footer; at < whole.length - 8; at += 7) {
    const name = `footer-${at}`
    writeFileSync(pathOf(name), damaged(at, 3))
    const error = await said(reading(name))
    rmSync(pathOf(name))
    if (error === null || /^Binder Error: .*column/.test(String((error as Error).message))) continue // a name of a column is another name now
    refused++
    expect({ at, isBroken: isBroken(error), error }).toEqual({ at, isBroken: true, error })
  }
  expect(refused).toBeGreaterThan(20)
})

test('what a statement, a setting or too little memory is to blame for says nothing about files', async () => {
  const blameless = [
    `set parquet_metadata_cache = 'perhaps'`,
    'set parquet_nonsense = 1',
    `select * from read_parquet('${pathOf('whole')}', nonsense = true)`,
    `select nobody from read_parquet('${pathOf('whole')}')`,
    `select words::integer from read_parquet('${pathOf('whole')}')`,
    `select strptime(words, '%Y') from read_parquet('${pathOf('whole')}')`,
    `copy (select 1) to '${join(folder, 'out.parquet')}' (format parquet, nonsense 3)`,
    `select * from read_parquet('/etc/elsewhere.parquet')`,
  ]
  for (const sql of blameless) {
    const error = await said(sql)
    expect({ sql, isBroken: isBroken(error), error }).toEqual({ sql, isBroken: false, error: expect.any(Error) })
  }
  for (const words of [
    'Out of Memory Error: failed to pin block of size 256.0 KiB',
    `IO Error: Could not write file "/lake/spill/duckdb_temp_storage-0.tmp": No space left on device`,
    `IO Error: Cannot open file "${pathOf('whole')}": Too many open files`,
    `IO Error: Cannot open file "${pathOf('whole')}": Permission denied`,
    'INTERRUPT Error: Interrupted!',
  ])
    expect({ words, isBroken: isBroken(new Error(words)) }).toEqual({ words, isBroken: false })
})
