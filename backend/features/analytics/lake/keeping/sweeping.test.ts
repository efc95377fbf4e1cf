import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../../../platform/ids.ts'
import { type Manifest, manifestName } from '../places/layout.ts'
import { folderStore } from '../places/writing.ts'
import type { Known } from './pulling.ts'
import { createSweeper } from './sweeping.ts'

const MINUTES = 60_000
const workspaceId = newId()
const commit = newId()

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sidedesk-sweeping-'))
  await mkdir(join(dir, workspaceId))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const part = (file: string) => ({ file, rows: 1, bytes: 1 })
function known(...named: string[]): Known {
  const tables: Manifest['tables'] = { ticket: { base: named.map(part), deltas: [] } }
  const manifest: Manifest = { workspaceId, commit, zone: 'UTC', openUntil: 2027, tables }
  return { root: {} as Known['root'], manifests: new Map([[workspaceId, manifest]]) }
}
const at = (file: string) => join(dir, workspaceId, file)
const put = (...files: string[]) => Promise.all(files.map((file) => writeFile(at(file), 'x')))

test('a round over many files takes several pulls and takes away what it should, and nothing that came meanwhile', async () => {
  const kept = Array.from({ length: 20 }, (_, n) => `kept-${n}.parquet`)
  const old = Array.from({ length: 20 }, (_, n) => `old-${n}.parquet`)
  await put(...kept, ...old, manifestName(commit))
  let now = 0
  const sweep = createSweeper(folderStore(dir), () => now, { afterAPull: 7 })
  const round = async (meanwhile: () => Promise<unknown> = async () => undefined) => {
    let pulls = 1
    let taken = await sweep(known(...kept))
    for (; taken === null; pulls++) {
      await meanwhile()
      taken = await sweep(known(...kept, 'new.parquet'))
    }
    return { pulls, taken }
  }
  expect(await round()).toEqual({ pulls: 6, taken: 0 })
  now += 5 * MINUTES
  expect(await round(() => put('new.parquet', 'just-left.parquet'))).toMatchObject({ taken: 20 })
  for (const file of [...kept, 'new.parquet', 'just-left.parquet', manifestName(commit)])
    expect(existsSync(at(file))).toBe(true)
  for (const file of old) expect(existsSync(at(file))).toBe(false)
})

test('what is named again before a round ends stays, as when another writer went on or an older lake was put back', async () => {
  const files = Array.from({ length: 6 }, (_, n) => `again-${n}.parquet`)
  await put(...files)
  let now = 0
  const sweep = createSweeper(folderStore(dir), () => now, { afterAPull: 4 })
  const round = async (first: Known, then: Known) => {
    for (let taken = await sweep(first); taken === null; ) taken = await sweep(then)
  }
  await round(known(), known())
  now += 5 * MINUTES
  await round(known(), known(...files))
  for (const file of files) expect(existsSync(at(file))).toBe(true)
  await round(known(), known())
  for (const file of files) expect(existsSync(at(file))).toBe(true) // whoever found them in a manifest has their time again
  now += 5 * MINUTES
  await round(known(), known())
  for (const file of files) expect(existsSync(at(file))).toBe(false)
})

test('a workspace whose folder goes away in the middle of a round does not end it', async () => {
  const others = Array.from({ length: 3 }, () => newId())
  for (const other of others) {
    await mkdir(join(dir, other))
    await writeFile(join(dir, other, 'left.parquet'), 'x')
  }
  const sweep = createSweeper(folderStore(dir), () => 0, { afterAPull: 1 })
  expect(await sweep(known())).toBeNull()
  for (const other of others) await rm(join(dir, other), { recursive: true })
  let taken: number | null = null
  for (let pulls = 0; taken === null && pulls < 100; pulls++) taken = await sweep(known())
  expect(taken).toBe(0)
})
