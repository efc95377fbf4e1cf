import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type HereBounds, partsHere } from './parts-here.ts'

const WORKSPACE = '0190b0a0-0000-7000-8000-000000000001'
const ENOUGH = 1_000_000

let root: string
let dir: string
let folders = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sidedesk-parts-here-'))
})
afterAll(() => rm(root, { recursive: true }))
beforeEach(() => {
  dir = join(root, `lake-${++folders}`)
})

const part = (file: string, bytes = 100) => ({ file, rows: 1, bytes })
const fetched: string[] = []
const fetch = async ({ file, bytes }: { file: string; bytes: number }, path: string) => {
  fetched.push(file)
  await writeFile(path, Buffer.alloc(bytes))
}
const open = (bounds: Partial<HereBounds> = {}) => partsHere(dir, { bytes: ENOUGH, graceMs: 0, lookMs: 0, ...bounds })
const names = async () => (await readdir(join(dir, WORKSPACE))).sort()
const pathOf = (file: string) => join(dir, WORKSPACE, file)
const usedAgo = async (file: string, minutes: number) => {
  const at = (await stat(pathOf(file))).mtimeMs / 1_000 - minutes * 60
  await utimes(pathOf(file), at, at)
}

test('a part is fetched once, also when many ask at the same time, and again when it is gone or cut off', async () => {
  fetched.length = 0
  const here = open()
  await Promise.all([1, 2, 3].map(() => here.bring(WORKSPACE, [part('a.parquet')], fetch)))
  await here.bring(WORKSPACE, [part('a.parquet')], fetch)
  expect(fetched).toEqual(['a.parquet'])
  await writeFile(pathOf('a.parquet'), 'cut')
  await open().bring(WORKSPACE, [part('a.parquet')], fetch)
  expect(fetched).toEqual(['a.parquet', 'a.parquet'])
})

test('over its bytes what was not used for the longest time goes first, and no more than must', async () => {
  for (const file of ['a.parquet', 'b.parquet', 'c.parquet']) await open().bring(WORKSPACE, [part(file)], fetch)
  await usedAgo('a.parquet', 20)
  await usedAgo('b.parquet', 40)
  await usedAgo('c.parquet', 30)
  await open({ bytes: 250 }).bring(WORKSPACE, [], fetch)
  expect(await names()).toEqual(['a.parquet', 'c.parquet'])
})

test('what was used a moment ago stays, for somebody may be reading it', async () => {
  await open().bring(WORKSPACE, [part('a.parquet'), part('b.parquet')], fetch)
  await usedAgo('a.parquet', 5)
  await open({ bytes: 1, graceMs: 10 * 60_000 }).bring(WORKSPACE, [], fetch)
  expect(await names()).toEqual(['a.parquet', 'b.parquet'])
  await usedAgo('a.parquet', 20)
  const here = open({ bytes: 1, graceMs: 10 * 60_000 })
  await here.bring(WORKSPACE, [part('a.parquet')], fetch) // used again: it is as new as the other
  expect(await names()).toEqual(['a.parquet', 'b.parquet'])
})

test('what nobody used for a day goes, also while there is room; so do drafts of killed processes', async () => {
  await open().bring(WORKSPACE, [part('a.parquet'), part('b.parquet')], fetch)
  await writeFile(pathOf('c.parquet.x.draft'), 'half')
  await usedAgo('a.parquet', 25 * 60)
  await usedAgo('c.parquet.x.draft', 25 * 60)
  await open({ graceMs: 10 * 60_000 }).bring(WORKSPACE, [], fetch)
  expect(await names()).toEqual(['b.parquet'])
})

test('a fetch that fails leaves nothing, and the next who asks tries again', async () => {
  const here = open()
  const fails = async (_: unknown, path: string) => {
    await writeFile(path, 'half')
    throw new Error('cut off')
  }
  await expect(here.bring(WORKSPACE, [part('a.parquet')], fails)).rejects.toThrow('cut off')
  expect(await names()).toEqual([])
  await here.bring(WORKSPACE, [part('a.parquet')], fetch)
  expect(await names()).toEqual(['a.parquet'])
})
