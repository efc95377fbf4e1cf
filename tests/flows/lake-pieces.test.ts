import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { look } from '../../backend/features/analytics/lake/keeping/looking.ts'
import type { Pace } from '../../backend/features/analytics/lake/keeping/pacing.ts'
import { inPieces } from '../../backend/features/analytics/lake/keeping/pieces.ts'
import { placeAfter, stretchesOf } from '../../backend/features/analytics/lake/keeping/stretches.ts'
import { fetchSource } from '../../backend/features/analytics/lake/making/copying.ts'
import { FAMILIES } from '../../backend/features/analytics/lake/sources/families.ts'
import { FIRST_ID, type Stretch } from '../../backend/features/analytics/lake/sources/scope.ts'
import { rawTicket } from '../../backend/features/analytics/lake/sources/tickets.ts'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'

const family = FAMILIES.find(({ name }) => name === 'customer')
if (!family?.sources?.[0]) throw new Error('Customers are read from one source')
const [customers] = family.sources

/** So many customers in each of six workspaces: two are larger than a piece. */
const SIZES = [5_000, 3, 700, 0, 600, 2_100]

let desk: Desk
let owner: pg.Client
let reader: pg.Client
let folder: string
const workspaceIds: string[] = []
beforeAll(async () => {
  desk = await startDesk()
  owner = await ownerOf(desk.database)
  folder = await mkdtemp(join(tmpdir(), 'lake-pieces-'))
  for (const size of SIZES) {
    const { workspaceId } = await createWorkspace(desk.ctx, `Shop of ${size}`)
    workspaceIds.push(workspaceId)
    await owner.query(
      `insert into desk.customer (workspace_id, id, name, email, created_at)
       select $1, gen_random_uuid(), 'Someone', 'someone@example.com', now() from generate_series(1, $2::int)`,
      [workspaceId, size],
    )
  }
  await owner.query('vacuum analyze desk.customer')
  reader = new pg.Client({ connectionString: desk.database.lakeUrl })
  await reader.connect()
  await look(reader)
})
afterAll(async () => {
  await reader.end()
  await owner.end()
  await rm(folder, { recursive: true })
  await desk.stop()
})

/** A desk that is at work, or rests, for good. */
const paceOf = (isAtWork: boolean, rests: number[] = []): Pace => ({
  look: async () => undefined,
  isDeskAtWork: () => isAtWork,
  took: async () => undefined,
  async rest(workedMs, times) {
    rests.push(workedMs * times)
  },
})

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of source) list.push(one)
  return list
}

async function linesOf(scope: Stretch, pace: Pace): Promise<string[]> {
  await fetchSource({ client: reader, pace }, customers, { ids: family?.ids ?? { table: '', id: null }, scope, folder })
  const text = await readFile(join(folder, `${customers.name}.csv`), 'utf8')
  return text.split('\n').filter(Boolean).sort()
}

test('small workspaces share a stretch, which knows how many things each has', async () => {
  const [stretch, ...others] = await all(stretchesOf(reader, family, workspaceIds))
  expect(others).toEqual([])
  const sizes = new Map(stretch?.workspaceIds.map((id, n) => [id, stretch.sizes[n]]))
  expect(workspaceIds.map((id) => sizes.get(id) ?? 0)).toEqual(SIZES)
})

test('what is read in pieces beside a desk at work is what is read at once from one that rests', async () => {
  const [stretch] = await all(stretchesOf(reader, family, workspaceIds))
  if (!stretch) throw new Error('There are customers')
  const rests: number[] = []
  const [slowly, atOnce] = [await linesOf(stretch, paceOf(true, rests)), await linesOf(stretch, paceOf(false))]
  expect(atOnce).toHaveLength(SIZES.reduce((sum, size) => sum + size, 0))
  expect(slowly).toEqual(atOnce)
  expect(rests.length).toBeGreaterThanOrEqual(3)
})

test('a part of a large workspace is read to its end and no further', async () => {
  const [workspaceId = ''] = workspaceIds
  const table = { table: 'customer', column: 'id' }
  const [from, before] = await Promise.all(
    [700, 4_200].map((many) => placeAfter(reader, table, { workspaceId, from: FIRST_ID, many })),
  )
  const stretch = { workspaceIds: [workspaceId], sizes: [40_000], from: from ?? '', before: before ?? '' }
  expect(await linesOf(stretch, paceOf(true))).toHaveLength(3_500)
})

test('no piece of a desk at work is larger than a few thousand things, and each is followed by a rest', async () => {
  const [stretch] = await all(stretchesOf(reader, family, workspaceIds))
  if (!stretch) throw new Error('There are customers')
  const rests: number[] = []
  const pieces = await all(inPieces({ client: reader, pace: paceOf(true, rests) }, family.ids, stretch))
  const sizes = pieces.map((piece) => ('some' in piece ? 0 : piece.sizes.reduce((sum, size) => sum + size, 0)))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(4_096)
  expect(pieces.length).toBeGreaterThan(2)
  expect(rests).toHaveLength(pieces.length)
  expect(await all(inPieces({ client: reader, pace: paceOf(false) }, family.ids, stretch))).toEqual([stretch])
})

test('named things, which somebody waits for, are read at once in any case', async () => {
  const named = { some: [{ workspaceId: workspaceIds[1] ?? '', id: FIRST_ID }] }
  const rests: number[] = []
  expect(await all(inPieces({ client: reader, pace: paceOf(true, rests) }, family.ids, named))).toEqual([named])
  expect(rests).toEqual([])
})

async function planOf(sql: string): Promise<string> {
  const { rows } = await reader.query<{ 'QUERY PLAN': string }>(`explain ${sql}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('where a piece ends is told by an index in its order, and clocks of other tickets than those of a piece are not read', async () => {
  const asked: string[] = []
  const client = Object.assign(Object.create(reader), {
    query: async (sql: string) => {
      asked.push(sql)
      return { rows: [] }
    },
  }) as pg.Client
  await placeAfter(client, { table: 'customer', column: 'id' }, { workspaceId: FIRST_ID, from: FIRST_ID, many: 1_000 })
  const [workspaceId = ''] = workspaceIds
  const boundary = await planOf((asked[0] ?? '').replace('$1', `'${workspaceId}'`).replace('$2', `'${FIRST_ID}'`))
  expect(boundary).toContain('customer_pkey')
  expect(boundary).not.toContain('Sort')
  const stretch = { workspaceIds: [workspaceId], sizes: [9], from: FIRST_ID, before: workspaceId }
  const tickets = rawTicket.sql(stretch)
  expect(tickets.match(/k\.ticket_id < /g)).toHaveLength(1)
})
