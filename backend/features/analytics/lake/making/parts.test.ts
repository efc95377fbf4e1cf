import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Engine, openEngine } from '../engine.ts'
import { TABLES } from '../tables.ts'
import { mergeIntoMonths } from './merging.ts'
import { FEW_ROWS, writeParts } from './parts.ts'

const WORKSPACE = '01990000-0000-7000-8000-000000000000'
/** A UUIDv7 of January 2026. */
const ID = `'019b7${'0'.repeat(3)}-0000-7000-8000-' || lpad(n::varchar, 12, '0')`

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidedesk-parts-'))
  engine = await openEngine(join(folder, 'work'), { memory: '256MB', threads: 1 })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** Tickets with these numbers: each third is open, each fifth was opened again, and what is settled was so a minute after the one before. */
async function makeTickets(from: number, until: number): Promise<void> {
  const known: Record<string, string> = {
    id: ID,
    opened_at: `timestamp '2026-01-01' + to_minutes(n)`,
    resolved_at: `case when n % 3 > 0 then timestamp '2026-01-02 00:00:00.5005' + to_minutes(n) end`,
    reopens: '(n % 5 = 0)::integer',
  }
  const columns = Object.entries(TABLES.ticket.columns).map(
    ([name, type]) => `(${known[name] ?? 'null'})::${type} as "${name}"`,
  )
  await engine.run(
    `create temp table made_ticket as select '${WORKSPACE}' as workspace_id, ${columns.join(', ')} from range(${from}, ${until}) r(n)`,
  )
}

const kindOf = (file: string) => /^ticket-\d{4}-\d{2}(-open|-again)?-[0-9a-f]{8}-/.exec(file)?.[1] ?? 'settled'
const ROWS = { settled: 8, '-again': 2, '-open': 5 } // of fifteen

test('tickets of a month that are open or were opened again lie apart, and each part says between which instants its rows are', async () => {
  await makeTickets(0, 15)
  const made = await writeParts(engine, 'ticket', { changed: null, byMonths: true })
  expect(Object.fromEntries(made.map(({ part }) => [kindOf(part.file), part.rows]))).toEqual(ROWS)
  const times = Object.fromEntries(made.map(({ part }) => [kindOf(part.file), part.times]))
  const minute = (day: number, n: number) => Date.UTC(2026, 0, day, 0, n)
  expect(times['-open']?.['resolved_at']).toEqual({ min: null, max: null, nulls: true })
  expect(times['-open']?.['opened_at']).toEqual({ min: minute(1, 0), max: minute(1, 12) + 1, nulls: false })
  expect(times['-again']?.['resolved_at']).toEqual({ min: minute(2, 5) + 500, max: minute(2, 10) + 501, nulls: false })
  expect(times['settled']?.['resolved_at']).toEqual({ min: minute(2, 1) + 500, max: minute(2, 14) + 501, nulls: false })
  expect(times['settled']?.['first_out_at']).toEqual({ min: null, max: null, nulls: true })
})

test('they lie so, too, when what changed was put into their month', async () => {
  await makeTickets(0, FEW_ROWS + 25)
  const base = await writeParts(engine, 'ticket', { changed: null, byMonths: true })
  await engine.run(
    `create or replace temp table changed as select '${WORKSPACE}' as workspace_id, ${ID} as id from range(${FEW_ROWS}) r(n)`,
  )
  await makeTickets(0, FEW_ROWS)
  await engine.run(`update made_ticket set resolved_at = null`)
  const delta = await writeParts(engine, 'ticket', { changed: 'changed', byMonths: false })
  const places = new Map([...base, ...delta].map(({ part, madeAt }) => [part.file, madeAt]))
  const { parts } = await mergeIntoMonths(engine, {
    workspaceId: WORKSPACE,
    table: 'ticket',
    parts: { base: base.map(({ part }) => part), deltas: delta.map(({ part }) => part) },
    pathOf: ({ file }) => places.get(file) ?? '',
  })
  expect(parts.deltas).toEqual([])
  const rows: Record<string, number> = {}
  for (const { file, rows: count } of parts.base) rows[kindOf(file)] = (rows[kindOf(file)] ?? 0) + count
  const left = Array.from({ length: 25 }, (_, n) => FEW_ROWS + n)
  expect(rows).toEqual({
    '-open': FEW_ROWS + left.filter((n) => n % 3 === 0).length,
    '-again': left.filter((n) => n % 3 > 0 && n % 5 === 0).length,
    settled: left.filter((n) => n % 3 > 0 && n % 5 > 0).length,
  })
})
