import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Engine, openEngine } from '../engine.ts'
import type { Part, TableParts } from '../places/layout.ts'
import { ownerKey } from '../tables.ts'
import { type MadePart, writeFiles } from './files.ts'
import { type Merged, mergeDeltas, mergeIntoMonths } from './merging.ts'
import { writeParts } from './parts.ts'

const WORKSPACE = '01990000-0000-7000-8000-000000000000'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidedesk-merging-'))
  engine = await openEngine(join(folder, 'work'), { memory: '256MB', threads: 2 })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

const places = new Map<string, string>()
const keep = (made: readonly MadePart[]): Part[] =>
  made.map(({ part, madeAt }) => {
    places.set(part.file, madeAt)
    return part
  })
const pathOf = ({ file }: Part): string => places.get(file) ?? ''

/** A UUIDv7 of the n-th customer: a hundred a day from January 2026 on. */
const ID = `(lpad(to_hex(1767225600000 + n * 864000), 12, '0')).regexp_replace('^(.{8})(.{4})$', '\\1-\\2') || '-7000-8000-' || lpad(n::varchar, 12, '0')`

/** Base rows of so many customers, met when they began. */
async function base(count: number): Promise<Part[]> {
  await engine.run(`create temp table made_customer as
    select '${WORKSPACE}' as workspace_id, ${ID} as id, timestamp '2026-01-01' as met_at from range(${count}) r (n)`)
  return keep(await writeParts(engine, 'customer', { changed: null, byMonths: false }))
}

/** What became of some customers; those that `gone` says are no more. */
async function delta(which: string, year: number, gone = 'false'): Promise<Part[]> {
  return keep(
    await writeFiles(
      engine,
      'customer',
      `select '${WORKSPACE}' as workspace_id, ${ID} as id, case when not (${gone}) then timestamp '${year}-01-01' end as met_at, (${gone}) as gone, ${ownerKey(ID)} as owner_key,
         'delta' as month
       from range(200000) r (n) where ${which}`,
    ),
  )
}

/** As a reader sees it, in the dullest way. */
async function seen({ base: months, deltas }: TableParts): Promise<string> {
  const from = (parts: readonly Part[]) =>
    parts
      .map((part, n) => `select id, met_at, gone, ${n} as n from read_parquet('${pathOf(part)}')`)
      .join(' union all ')
  const all = [
    ...(deltas.length > 0 ? [from(deltas)] : []),
    `select null::varchar as id, null::timestamp as met_at, true as gone, -1 as n where false`,
  ].join(' union all ')
  const rows = await engine.rows(`with d as (${all}), w as (select id, max(n) as n from d group by id),
      kept as (select d.id, d.met_at from d join w on w.id = d.id and w.n = d.n where not d.gone
        union all select b.id, b.met_at from (${from(months)}) b where not exists (select 1 from w where w.id = b.id))
    select count(*)::integer as count, count(distinct id)::integer as ids, sum(epoch(met_at))::hugeint::varchar as met, md5(string_agg(id, ',' order by id)) as who from kept`)
  return JSON.stringify(rows[0])
}

const merged = async (merge: typeof mergeDeltas, parts: TableParts): Promise<TableParts> => {
  const result: Merged = await merge(engine, { workspaceId: WORKSPACE, table: 'customer', parts, pathOf })
  keep(result.made)
  return result.parts
}

test('deltas that are put together say what they said, the newest of each', async () => {
  const parts = {
    base: await base(1_000),
    deltas: [
      ...(await delta('n % 3 = 0 and n < 1200', 2025)),
      ...(await delta('n % 7 = 0 and n < 1200', 2024, 'n % 2 = 0')),
    ],
  }
  const before = await seen(parts)
  const after = await merged(mergeDeltas, parts)
  expect(after.deltas).toHaveLength(1)
  expect(await seen(after)).toBe(before)
})

test('a small workspace has one file, whatever changed', async () => {
  const parts = {
    base: await base(1_000),
    deltas: [
      ...(await delta('n % 3 = 0 and n < 1200', 2025)),
      ...(await delta('n % 7 = 0 and n < 1200', 2024, 'n % 2 = 0')),
    ],
  }
  const before = await seen(parts)
  const after = await merged(mergeIntoMonths, parts)
  expect(after.deltas).toEqual([])
  expect(after.base.map(({ file }) => file.slice(0, 13))).toEqual(['customer-all-'])
  expect(await seen(after)).toBe(before)
})

test('a workspace that grew is laid out by months, and of a large one only the months that changed are written anew', async () => {
  const small = { base: await base(40_000), deltas: await delta('n >= 40000 and n < 90000', 2025) }
  const before = await seen(small)
  const large = await merged(mergeIntoMonths, small)
  expect(large.deltas).toEqual([])
  expect(new Set(large.base.map(({ file }) => file.slice(0, 16))).size).toBeGreaterThan(20)
  expect(await seen(large)).toBe(before)

  const changed = {
    base: large.base,
    deltas: [...(await delta('n between 10 and 90', 2024)), ...(await delta('n between 20 and 30', 2023, 'true'))],
  }
  const then = await seen(changed)
  const after = await merged(mergeIntoMonths, changed)
  expect(await seen(after)).toBe(then)
  expect(
    after.base
      .filter(({ file }) => !large.base.some((part) => part.file === file))
      .map(({ file }) => file.slice(0, 16)),
  ).toEqual(['customer-2026-01'])
})

test('more changes than fit are put away a part at a time, and nothing is lost meanwhile', async () => {
  const parts = {
    base: await base(150_000),
    deltas: [...(await delta('true', 2025)), ...(await delta('n % 2 = 0', 2024)), ...(await delta('n % 3 = 0', 2023))],
  }
  const before = await seen(parts)
  let rounds = 0
  for (let next: TableParts = parts; next.deltas.length > 0; rounds++) {
    const rows = next.deltas.reduce((sum, part) => sum + part.rows, 0)
    next = await merged(mergeIntoMonths, next)
    expect(next.deltas.reduce((sum, part) => sum + part.rows, 0)).toBeLessThan(rows)
    expect(await seen(next)).toBe(before)
  }
  expect(rounds).toBeGreaterThan(0)
})
