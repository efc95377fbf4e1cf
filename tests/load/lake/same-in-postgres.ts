import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Engine, openEngine } from '../../../backend/features/analytics/lake/engine.ts'
import type { Reads } from '../../../backend/features/analytics/reading/views.ts'
import { MADE_TABLES, madeTickets, type Spread } from './made-rows.ts'

/** The columns that the compared statements read, and what a careful person would index for them. Narrower rows than the lake's favour PostgreSQL. */
const COPIED = {
  ticket: {
    columns: {
      opened_at: 'timestamp',
      category: 'text',
      void_reason: 'text',
      first_out_at: 'timestamp',
      first_seconds: 'bigint',
    },
    indexes: ['(opened_at) include (category, void_reason)', '(first_out_at) include (first_seconds, void_reason)'],
  },
  move: {
    columns: { at: 'timestamp', kind: 'text', before: 'text', after: 'text', by_kind: 'text', counts: 'boolean' },
    indexes: ['(at) include (kind, before, after, by_kind, counts)'],
  },
  clock: {
    columns: { outcome: 'text', decided_at: 'timestamp', counts: 'boolean' },
    indexes: ['(decided_at) include (outcome, counts)'],
  },
} as const

type Compared = { reads: Reads; sqlOf: (since: string) => string }

/** Statements in words that both databases take, and by which column a reader leaves out parts. `since` is a moment as SQL. */
export const COMPARED: Record<string, Compared> = {
  'new tickets by day and category': {
    reads: { ticket: 'opened_at' },
    sqlOf: (since) => `
    select date_trunc('day', t.opened_at) as day, t.category, count(*) as n from ticket as t
    where t.void_reason is null and t.opened_at >= ${since} group by 1, 2`,
  },
  'first response, median by day': {
    reads: { ticket: 'first_out_at' },
    sqlOf: (since) => `
    select date_trunc('day', t.first_out_at) as day, percentile_cont(0.5) within group (order by t.first_seconds) as n from ticket as t
    where t.void_reason is null and t.first_out_at >= ${since} group by 1`,
  },
  'solved by week': {
    reads: { move: 'at' },
    sqlOf: (since) => `
    select date_trunc('week', m."at") as week, count(*) as n from move as m
    where m.kind = 'status' and m.after in ('solved', 'closed') and m.before not in ('solved', 'closed') and m.by_kind = 'staff'
      and m.counts and m."at" >= ${since} group by 1`,
  },
  'SLA kept by day': {
    reads: { clock: 'decided_at' },
    sqlOf: (since) => `
    select date_trunc('day', k.decided_at) as day, avg(case when k.outcome = 'met' then 1.0 else 0.0 end) as n from clock as k
    where k.outcome is not null and k.counts and k.decided_at >= ${since} group by 1`,
  },
}

export const SCHEMA = 'bench_lake'
const AT_ONCE = 500_000

/** The rows of the made lake as tables of PostgreSQL, with indexes and statistics. They are gone with `dropSame`. */
export async function copyToPostgres(
  client: pg.Client,
  folder: string,
  spread: Spread,
  staff: readonly string[],
): Promise<void> {
  const engine = await openEngine(join(folder, 'copying'), { memory: '1GB', threads: 2 })
  try {
    await dropSame(client)
    await client.query(`create schema ${SCHEMA}`)
    for (const [name, { columns }] of Object.entries(COPIED))
      await client.query(
        `create table ${SCHEMA}.${name} (${Object.entries(columns)
          .map(([column, type]) => `"${column}" ${type}`)
          .join(', ')})`,
      )
    for (let from = 1; from <= spread.count; from += AT_ONCE) {
      await engine.run(
        `create or replace temp table made as ${madeTickets(spread, from, Math.min(from + AT_ONCE, spread.count + 1), staff)}`,
      )
      for (const name of Object.keys(COPIED) as (keyof typeof COPIED)[]) await copyTable(engine, client, name)
    }
    for (const [name, { indexes }] of Object.entries(COPIED))
      for (const index of indexes) await client.query(`create index on ${SCHEMA}.${name} ${index}`)
    for (const name of Object.keys(COPIED)) await client.query(`vacuum (analyze) ${SCHEMA}.${name}`)
  } finally {
    await engine.close()
  }
}

export const dropSame = (client: pg.Client) => client.query(`drop schema if exists ${SCHEMA} cascade`)

async function copyTable(engine: Engine, client: pg.Client, name: keyof typeof COPIED): Promise<void> {
  const columns = Object.keys(COPIED[name].columns)
    .map((column) => `"${column}"`)
    .join(', ')
  const file = join(engine.folder, `${name}.csv`)
  await engine.run(`copy (select ${columns} from (${MADE_TABLES[name]})) to '${file}' (format csv, header false)`)
  await pipeline(
    createReadStream(file),
    client.query(copyFrom(`copy ${SCHEMA}.${name} (${columns}) from stdin (format csv)`)),
  )
  await rm(file)
}
