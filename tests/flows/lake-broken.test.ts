import streams, { existsSync } from 'node:fs'
import files, { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Root } from '../../backend/features/analytics/lake/places/layout.ts'
import { adminWith, environmentOf } from '../support/admin.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf, openTicket } from '../support/lake-desk.ts'
import { type LakeRows, lakeRows } from '../support/lake-rows.ts'
import { runOnServer } from '../support/test-server.ts'

let desk: Desk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  await opened()
  await lake.pull()
  await opened()
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

let mails = 0
const opened = () => openTicket(desk, ++mails)
const numbersIn = async () => (await rows()).ticket.map(({ number }) => number)
const rows = (): Promise<LakeRows> => lakeRows(lake, desk.workspaceId)
const numbers = () => Array.from({ length: mails }, (_, n) => n + 1)

/** Another process takes the writing over, and finds what is there. */
async function again(): Promise<void> {
  await lake.stop()
  lake = lakeOf(desk)
  await lake.pull()
}

const manifestNow = async () => {
  const root = await lake.place.root()
  return lake.place.manifest(desk.workspaceId, root?.workspaces[desk.workspaceId] ?? '')
}
const partsNow = async () => {
  const { ticket } = (await manifestNow()).tables
  return [...(ticket?.base ?? []), ...(ticket?.deltas ?? [])].map(({ file }) =>
    join(lake.place.folderOf(desk.workspaceId), file),
  )
}

test.each<[string, () => Promise<unknown>]>([
  ['a part is missing', async () => rm((await partsNow())[0] ?? '')],
  ['a part is cut off', async () => truncate((await partsNow())[0] ?? '', 100)],
  [
    'a manifest is missing',
    async () => rm(join(lake.place.folderOf(desk.workspaceId), `manifest-${(await manifestNow()).commit}.json`)),
  ],
  [
    'a manifest is no manifest',
    async () =>
      writeFile(join(lake.place.folderOf(desk.workspaceId), `manifest-${(await manifestNow()).commit}.json`), '{"wor'),
  ],
  ['the root is missing', () => rm(join(lake.dir, 'root.json'))],
  ['the root is no root', () => writeFile(join(lake.dir, 'root.json'), 'null')],
  ['all of it is missing', () => rm(lake.dir, { recursive: true })],
])('when %s, a writer that begins builds it anew', async (_, breaks) => {
  await breaks()
  await again()
  expect(await numbersIn()).toEqual(numbers())
})

/** The root as if it had been written for another database. */
const rootOf = async (change: (root: Root) => Partial<Root>) => {
  const root = await lake.place.root()
  if (!root) throw new Error('There is no lake')
  await writeFile(join(lake.dir, 'root.json'), JSON.stringify({ ...root, ...change(root) }))
}

test.each<[string, (root: Root) => Partial<Root>]>([
  ['another cluster', ({ source }) => ({ source: { ...source, system: '7000000000000000001' } })],
  ['another timeline', ({ source }) => ({ source: { ...source, timeline: source.timeline + 1 } })],
  ['a time whose transactions did not happen', () => ({ snapshot: '900000000000:900000000000:' })],
])('a lake of %s is read from the beginning, and not followed', async (_, change) => {
  const before = await partsNow()
  await again()
  expect(await partsNow()).toEqual(before) // nothing has changed, so a lake that is followed stays as it is
  await rootOf(change)
  await again()
  expect((await partsNow()).filter((part) => before.includes(part))).toEqual([])
  expect(await numbersIn()).toEqual(numbers())
})

test('a root that is taken away is noticed while the writer runs', async () => {
  await rm(join(lake.dir, 'root.json'))
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'missing', asOf: null })
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
})

test('what a reader tells of is built anew at the next pull, the old files being readable until then', async () => {
  const before = await partsNow()
  await lake.place.report(desk.workspaceId)
  await lake.pull()
  expect(await lake.place.reported()).toEqual([])
  const after = await partsNow()
  expect(after.filter((part) => before.includes(part))).toEqual([])
  for (const part of before) expect((await readFile(part)).length).toBeGreaterThan(0)
  expect(await numbersIn()).toEqual(numbers())
})

test('a file that is broken inside is found when it is put together, and made anew', async () => {
  for (let more = 0; more < 14; more++) {
    await opened()
    await lake.pull()
  }
  const newest = (await partsNow()).at(-1) ?? ''
  await writeFile(newest, Buffer.alloc((await readFile(newest)).length, 7))
  while (await lake.tidy());
  await lake.pull()
  expect(await partsNow()).not.toContain(newest)
  expect(await numbersIn()).toEqual(numbers())
})

test('many small changes are put together into few files, and nothing of them is lost', async () => {
  for (let more = 0; more < 14; more++) {
    await opened()
    await lake.pull()
  }
  const before = await rows()
  expect((await manifestNow()).tables.ticket?.deltas.length).toBeGreaterThan(12)
  while (await lake.tidy());
  expect((await manifestNow()).tables.ticket?.deltas.length).toBeLessThan(13)
  expect(await rows()).toEqual(before)
})

/** The disk takes no part of the lake any more. @returns ends it */
function failParts(code: string): () => void {
  const { rename } = files
  files.rename = async (from, to) => {
    if (String(to).endsWith('.parquet')) throw Object.assign(new Error(`${code}: a part`), { code })
    return rename(from, to)
  }
  syncBuiltinESMExports()
  return () => {
    Object.assign(files, { rename })
    syncBuiltinESMExports()
  }
}

test.each([
  ['ENOSPC', /disk of the figures is full/],
  ['EACCES', /cannot be written to/],
])(
  'a folder that takes no more (%s) leaves the old figures and says so, and the desk works on',
  async (code, words) => {
    const before = await rows()
    const root = await lake.place.root()
    await opened()
    await desk.settle()
    const full = failParts(code)
    await expect(lake.pull()).rejects.toThrow(code)
    expect(await rows()).toEqual(before)
    expect((await lake.place.root())?.commit).toBe(root?.commit)
    expect(await lake.place.freshness(desk.clock.now())).toMatchObject({
      state: 'behind',
      words: expect.stringMatching(words),
    })
    await opened()
    full()
    await expect(lake.pull()).resolves.toBeUndefined()
    expect(await numbersIn()).toEqual(numbers())
  },
)

/** The disk fills while this is written: a file that is fetched, or a part in the hands of the engine. @returns ends it */
function fillDisk(what: 'fetched' | 'part'): () => void {
  if (what === 'fetched') {
    const { createWriteStream } = streams
    streams.createWriteStream = (path, options) => {
      const out = createWriteStream(path, options)
      if (String(path).endsWith('raw_message.csv'))
        out._write = (_chunk, _encoding, done) =>
          done(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }))
      return out
    }
    syncBuiltinESMExports()
    return () => {
      Object.assign(streams, { createWriteStream })
      syncBuiltinESMExports()
    }
  }
  const { runAndReadAll } = DuckDBConnection.prototype
  DuckDBConnection.prototype.runAndReadAll = async function (sql, ...more) {
    const read = await runAndReadAll.call(this, sql, ...more)
    if (sql.startsWith('copy ') && sql.includes('"direction"'))
      // a column of messages alone
      throw new Error('IO Error: Could not write file: No space left on device')
    return read
  }
  return () => {
    DuckDBConnection.prototype.runAndReadAll = runAndReadAll
  }
}

test.each([
  ['a file that is fetched', 'fetched'],
  ['a part', 'part'],
] as const)(
  'a disk that fills in the middle of %s leaves the old figures, says so and keeps no half of it',
  async (_, what) => {
    const before = await rows()
    const parts = await partsNow()
    await opened()
    await desk.settle()
    const emptied = fillDisk(what)
    try {
      await expect(lake.pull()).rejects.toThrow(/no space left/i)
    } finally {
      emptied()
    }
    expect(await rows()).toEqual(before)
    expect(await partsNow()).toEqual(parts)
    expect(existsSync(join(lake.dir, '.work'))).toBe(false)
    expect(await lake.place.freshness(desk.clock.now())).toMatchObject({
      state: 'behind',
      words: expect.stringMatching(/disk of the figures is full/),
    })
    await opened() // the desk goes on
    await lake.pull()
    expect(await numbersIn()).toEqual(numbers())
  },
)

test('a folder that vanishes under a writer is said to be missing, and is made anew by the same writer', async () => {
  await rm(lake.dir, { recursive: true })
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'missing' })
  await opened()
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'fresh' })
})

test('a lake that cannot be a folder is told as such, and figures come when it can', async () => {
  const aside = `${lake.dir}-aside`
  await rename(lake.dir, aside)
  await writeFile(lake.dir, 'a file that stands in its place')
  await expect(lake.pull()).rejects.toThrow(/ENOTDIR|EEXIST/)
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'missing' })
  await opened()
  await rm(lake.dir)
  await rename(aside, lake.dir)
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
})

test('whoever runs the desk sees how fresh the figures are, and has them made anew', async () => {
  const admin = adminWith(environmentOf(desk.ctx.config))
  try {
    await lake.pull()
    const { out } = await admin.run('lake', 'status')
    expect(out).toMatch(/^(fresh|behind): /) // commands go by the clock of the machine, and this desk by one of its own
    expect(out).toMatch(/1 workspace, \d+ rows, \d+ files, /)
    const before = await partsNow()
    expect((await admin.run('lake', 'rebuild', '--all')).out).toContain('1 workspace will be read from the beginning')
    await lake.pull()
    expect((await partsNow()).filter((part) => before.includes(part))).toEqual([])
  } finally {
    admin.end()
  }
})

test('a database that was restored elsewhere is read from the beginning', async () => {
  const { ownerUrl, lakeUrl } = desk.database
  const name = new URL(ownerUrl).pathname.slice(1)
  const server = Object.assign(new URL(ownerUrl), { pathname: 'postgres' }).href
  const owner = await ownerOf(desk.database)
  const { rows: last } = await owner.query<{ id: string }>('select id from desk.ticket order by number desc limit 1')
  await owner.end()
  const before = await lake.place.root()
  await lake.stop()
  await runOnServer(server, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}'`)
  await runOnServer(server, `create database ${name}_restored template ${name} strategy file_copy`)
  const urlOf = (url: string) => Object.assign(new URL(url), { pathname: `${name}_restored` }).href
  const restored = { ...desk.database, lakeUrl: urlOf(lakeUrl), ownerUrl: urlOf(ownerUrl) }
  const other = await ownerOf(restored)
  await other.query('set session_replication_role = replica')
  await other.query('delete from desk.message where ticket_id = $1', [last[0]?.id])
  await other.query('delete from desk.ticket where id = $1', [last[0]?.id])
  await other.end()
  const reader = lakeOf({ ctx: desk.ctx, settle: async () => undefined, database: restored })
  await reader.pull()
  expect(await numbersIn()).toEqual(numbers().slice(0, -1))
  expect((await lake.place.root())?.source).not.toEqual(before?.source)
  await reader.stop()
  await runOnServer(server, `drop database ${name}_restored with (force)`)
  lake = lakeOf(desk)
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
})
