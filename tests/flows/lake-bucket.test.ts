import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { checkStorage } from '../../backend/admin/doctor/storage.ts'
import { createContext } from '../../backend/app.ts'
import { findLake } from '../../backend/features/analytics/lake/keeping/knowing.ts'
import { createSweeper } from '../../backend/features/analytics/lake/keeping/sweeping.ts'
import { manifestName } from '../../backend/features/analytics/lake/places/layout.ts'
import { lakeToRead, lakeToWrite } from '../../backend/features/analytics/lake/places/opening.ts'
import { partsOf } from '../../backend/features/analytics/lake/places/reading.ts'
import { askFigure } from '../../shared/analytics.ts'
import { type ObjectStorage, startObjects } from '../../workbench/emulators/objects/objects.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf, openTicket } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'
import { until } from '../support/until.ts'

let storage: ObjectStorage
let desk: Desk
let lake: LakeOfDesk
let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'sidedesk-lake-bucket-'))
  storage = await startObjects({ pageSize: 4 })
  desk = await startDesk({ env: { ...storage.env(), LAKE: 's3://desk/lake' } })
  lake = lakeOf(desk)
  await opened()
  await lake.pull()
  await opened()
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
  await storage.close()
  await rm(scratch, { recursive: true })
})
afterEach(async () => {
  storage.faults.clear()
  await storage.start()
})

let mails = 0
const opened = () => openTicket(desk, ++mails)
const numbers = () => Array.from({ length: mails }, (_, n) => n + 1)
const numbersIn = async (place = lake.place) =>
  (await lakeRows({ place }, desk.workspaceId)).ticket.map(({ number }) => number)

/** Another machine, which has nothing of the lake yet. */
let machines = 0
const elsewhere = () => lakeToRead({ ...desk.ctx.config.lake, dir: join(scratch, `machine-${++machines}`) }, null)

const manifestNow = async () => {
  const root = await lake.place.root()
  return lake.place.manifest(desk.workspaceId, root?.workspaces[desk.workspaceId] ?? '')
}
const inBucket = (file: string) => `lake/${desk.workspaceId}/${file}`
const partNow = async () =>
  inBucket(partsOf(await manifestNow()).find(({ file }) => file.startsWith('ticket'))?.file ?? '')
const objects = () => storage.bucket().objects

/** Another process takes the writing over, on a machine that has nothing yet. */
async function again(): Promise<void> {
  await lake.stop()
  lake = lakeOf(desk, join(scratch, `writer-${++machines}`))
  await lake.pull()
}

const newTickets = async (): Promise<number> => {
  const query = { metric: 'new-tickets', from: '2020-01-01', to: '2035-12-31' }
  const { totals } = await desk.as('vera').call(askFigure, { query: query as never })
  return totals[0]?.value ?? -1
}

test('the writer brings the lake into the bucket, and every machine reads the same of it', async () => {
  expect(await numbersIn()).toEqual(numbers())
  expect(await numbersIn(elsewhere())).toEqual(numbers())
  const keys = storage.keys().filter((key) => key.startsWith('lake/'))
  expect(keys).toContain('lake/root.json')
  expect(keys).toContain(inBucket(manifestName((await manifestNow()).commit)))
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'fresh' })
  expect(await newTickets()).toBe(mails)
})

test('a machine fetches each part once, and only what is new of a newer state', async () => {
  const place = elsewhere()
  await numbersIn(place)
  const first = storage.asked('get')
  await place.ready(await manifestNow())
  expect(storage.asked('get') - first).toBe(1) // the root that this story looked at
  await opened()
  await lake.pull()
  const manifest = await manifestNow()
  const before = storage.asked('get')
  await place.ready(manifest)
  const fetched = storage.asked('get') - before
  expect(fetched).toBeGreaterThan(0)
  expect(fetched).toBeLessThan(partsOf(manifest).length)
  expect(await numbersIn(place)).toEqual(numbers())
})

test.each<[string, () => Promise<unknown>]>([
  ['a part is missing', async () => objects().delete(await partNow())],
  ['a part is cut off', async () => storage.bucket().put(await partNow(), Buffer.from('PAR1'))],
  ['a manifest is missing', async () => objects().delete(inBucket(manifestName((await manifestNow()).commit)))],
  [
    'a manifest is no manifest',
    async () => storage.bucket().put(inBucket(manifestName((await manifestNow()).commit)), Buffer.from('{"wor')),
  ],
  ['the root is missing', async () => objects().delete('lake/root.json')],
  ['the root is no root', async () => storage.bucket().put('lake/root.json', Buffer.from('null'))],
  [
    'all of it is missing',
    async () => {
      for (const key of [...objects().keys()]) if (key.startsWith('lake/')) objects().delete(key)
    },
  ],
])('when %s, a writer that begins builds it anew', async (_, breaks) => {
  await breaks()
  await again()
  expect(await numbersIn()).toEqual(numbers())
  expect(await numbersIn(elsewhere())).toEqual(numbers())
})

test('a part that is not in the bucket any more is told of by whoever reads, and is made anew', async () => {
  objects().delete(await partNow())
  const other = createContext(
    { ...desk.ctx.config, lake: { ...desk.ctx.config.lake, dir: join(scratch, 'other-api') } },
    { process: 'test', clock: desk.clock },
  )
  const read = () => other.figures.read(desk.workspaceId, (ask) => ask('select count(*)::int as n from ticket'))
  expect(await read()).toBeNull()
  expect(await lake.place.reported()).toEqual([desk.workspaceId])
  await lake.pull()
  expect(await lake.place.reported()).toEqual([])
  expect(await read()).toEqual([{ n: mails }])
  await other.close()
})

test('what broke on one machine alone is fetched again', async () => {
  const dir = join(scratch, 'rotten')
  const other = createContext(
    { ...desk.ctx.config, lake: { ...desk.ctx.config.lake, dir } },
    { process: 'test', clock: desk.clock },
  )
  const read = () => other.figures.read(desk.workspaceId, (ask) => ask('select count(*)::int as n from ticket'))
  expect(await read()).toEqual([{ n: mails }])
  for (const { file } of partsOf(await manifestNow())) {
    const path = join(dir, desk.workspaceId, file)
    await writeFile(path, Buffer.alloc((await readFile(path)).length, 7))
  }
  expect(await read()).toBeNull() // and is told of: nobody knows where it broke
  expect(await read()).toEqual([{ n: mails }])
  await other.close()
  await lake.pull()
})

test('while the store is away the old figures are told with how old they are and why, and new ones come when it is back', async () => {
  expect(await newTickets()).toBe(mails)
  const before = mails
  await storage.stop()
  await opened()
  await expect(lake.pull()).rejects.toThrow(/Object storage cannot be reached/)
  expect(await newTickets()).toBe(before)
  const freshness = await desk.ctx.figures.freshness(desk.clock.now())
  expect(freshness).toMatchObject({
    state: 'behind',
    words: expect.stringMatching(/cannot be reached.*as old as they say/),
  })
  expect(freshness.asOf).not.toBeNull()

  const empty = createContext(
    { ...desk.ctx.config, lake: { ...desk.ctx.config.lake, dir: join(scratch, 'new-machine') } },
    { process: 'test', clock: desk.clock },
  )
  expect(await empty.figures.freshness(desk.clock.now())).toMatchObject({ state: 'missing' })
  await empty.close()

  await storage.start()
  await lake.pull()
  await until('the api to look at the store again', async () => (await newTickets()) === mails)
  await lake.pull()
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'fresh' })
})

test('a store that does not answer is not asked again by everybody who looks: old figures are told meanwhile', async () => {
  const dir = join(scratch, 'impatient')
  const { lake: at } = desk.ctx.config
  const impatient = { ...at, dir, bucket: at.bucket && { ...at.bucket, timeoutMs: 1_000 } }
  const other = createContext({ ...desk.ctx.config, lake: impatient }, { process: 'test', clock: desk.clock })
  const read = () => other.figures.read(desk.workspaceId, (ask) => ask('select count(*)::int as n from ticket'))
  expect(await read()).toEqual([{ n: mails }])
  storage.faults.add({ operation: '*', kind: 'silent', times: 1_000 })
  expect(await read()).toEqual([{ n: mails }])
  const before = storage.asked('get')
  for (let again = 0; again < 5; again++) expect(await read()).toEqual([{ n: mails }])
  expect(storage.asked('get')).toBe(before)
  await other.close()
})

test('the doctor says why figures cannot be kept', async () => {
  expect(await checkStorage(desk.ctx)).toMatchObject([
    { about: 'objects', state: 'ok' },
    { about: 'figures', state: 'ok' },
  ])
  await storage.stop()
  expect(await checkStorage(desk.ctx)).toMatchObject([
    { about: 'objects', state: 'problem' },
    { about: 'figures', state: 'problem', says: expect.stringMatching(/cannot be reached.*stay as they are/) },
  ])
})

test('a store that takes nothing more leaves the old figures and says so', async () => {
  const root = await lake.place.root()
  await opened()
  await desk.settle()
  storage.faults.add({ operation: 'put', kind: 'XMinioStorageFull', key: '.parquet', times: 100 })
  await expect(lake.pull()).rejects.toThrow(/takes nothing more/)
  expect((await lake.place.root())?.commit).toBe(root?.commit)
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({
    state: 'behind',
    words: expect.stringMatching(/takes nothing more.*stay as they are/),
  })
  storage.faults.clear()
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
})

test('an answer about the new root that is lost changes nothing: it is found to be there', async () => {
  await opened()
  await desk.settle()
  storage.faults.add({ operation: 'put', kind: 'lost-reply', key: 'root.json' })
  await lake.pull()
  expect(await numbersIn()).toEqual(numbers())
})

test('a root that somebody else swapped meanwhile is never replaced', async () => {
  const [one, other] = [lakeToWrite(desk.ctx.config.lake, null), lakeToWrite(desk.ctx.config.lake, null)]
  const root = await one.place.root()
  await other.place.root()
  if (!root) throw new Error('There is no lake')
  await other.store.swapRoot({ ...root, commit: '0190b0a0-0000-7000-8000-000000000001' })
  await expect(one.store.swapRoot(root)).rejects.toThrow('Another process writes the lake now')
  await again()
})

test('many small changes are put together on a machine that held none of them, and nothing of them is lost', async () => {
  for (let more = 0; more < 14; more++) {
    await opened()
    await lake.pull()
  }
  await again()
  expect((await manifestNow()).tables.ticket?.deltas.length).toBeGreaterThan(12)
  while (await lake.tidy());
  expect((await manifestNow()).tables.ticket?.deltas.length).toBeLessThan(13)
  expect(await numbersIn(elsewhere())).toEqual(numbers())
})

test('what no manifest names is swept, uploads of killed writers too, and nothing that others keep in the bucket', async () => {
  let now = 0
  const { place, store } = lakeToWrite(desk.ctx.config.lake, null)
  const sweep = createSweeper(store, () => now)
  const bucket = storage.bucket()
  bucket.put('lake/notes.txt', Buffer.from('kept by somebody'))
  bucket.put(inBucket('ticket-old.parquet'), Buffer.from('named by nobody'))
  bucket.begin(inBucket('ticket-half.parquet'))
  const others = storage.keys().filter((key) => key.startsWith('objects/'))
  const { known } = await findLake(place)
  if (!known) throw new Error('There is no lake')
  await sweep(known)
  expect(storage.keys()).toContain(inBucket('ticket-old.parquet'))
  expect(bucket.unfinished('lake/')).toEqual([])
  now += 5 * 60_000
  expect(await sweep(known)).toBeGreaterThan(0)
  const left = storage.keys()
  expect(left).not.toContain(inBucket('ticket-old.parquet'))
  expect(left).toEqual(expect.arrayContaining(['lake/notes.txt', 'lake/root.json', ...others]))
  expect(await numbersIn(elsewhere())).toEqual(numbers())
})

test('a machine holds no draft of what it fetched, and its engine sees the folder of one workspace alone', async () => {
  const dir = join(scratch, 'one-machine')
  const place = lakeToRead({ ...desk.ctx.config.lake, dir }, null)
  await Promise.all([numbersIn(place), numbersIn(place), numbersIn(place)])
  const names = await readdir(dir, { recursive: true })
  expect(names.filter((name) => name.endsWith('.draft'))).toEqual([])
  const read = (path: string) =>
    desk.ctx.figures.read(desk.workspaceId, (ask) => ask(`select count(*)::int as n from read_text('${path}')`))
  await expect(read(join(desk.ctx.config.lake.dir, 'root.json'))).rejects.toThrow(/[Pp]ermission/)
})
