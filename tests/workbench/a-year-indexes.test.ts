import { expect, test } from '@jest/globals'
import type pg from 'pg'
import { newId } from '../../backend/platform/ids.ts'
import { builders } from '../../workbench/start/a-year/building.ts'
import { putBack, takeApart } from '../../workbench/start/a-year/months.ts'
import { pour } from '../../workbench/start/a-year/pouring.ts'
import { putAside } from '../../workbench/start/a-year/put-aside.ts'
import { pourRecord } from '../../workbench/start/a-year/record.ts'
import { TABLES } from '../../workbench/start/a-year/tables.ts'
import { createDatabase, ownerOf, type TestDatabase } from '../support/database.ts'

const NOW = new Date()
const TABLES_FILLED = ['desk.ticket', 'desk.message', 'desk.search_document', 'desk.sla_clock', 'desk.handle_time']

/** All that keeps rows right and lets them be found. */
async function standing(owner: pg.Client) {
  const ask = async (sql: string) => (await owner.query<Record<string, unknown>>(sql)).rows
  return {
    indexes: await ask(
      `select i.indrelid::regclass::text as table, pg_get_indexdef(i.indexrelid) as definition, i.indisvalid, p.inhparent::regclass::text as parent
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_inherits p on p.inhrelid = i.indexrelid where n.nspname in ('desk', 'desk_parts') order by 1, 2`,
    ),
    constraints: await ask(
      `select conrelid::regclass::text as table, conname, contype, convalidated, conenforced, pg_get_constraintdef(oid) as definition
       from pg_constraint where connamespace in ('desk'::regnamespace, 'desk_parts'::regnamespace) order by 1, 2`,
    ),
    parts: await ask(
      `select inhparent::regclass::text as table, inhrelid::regclass::text as part, pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_inherits join pg_class c on c.oid = inhrelid where c.relkind = 'r' order by 1, 2`,
    ),
  }
}

async function inDatabase(work: (owner: pg.Client, database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createDatabase()
  const owner = await ownerOf(database)
  try {
    await work(owner, database)
  } finally {
    await owner.end()
    await database.drop()
  }
}

test('keys, indexes and references that are put aside while a year is written are there again afterwards, each as it was, in every month', () =>
  inDatabase(async (owner, { ownerUrl }) => {
    const before = await standing(owner)
    const months = await takeApart(owner, 'desk.event', NOW)
    expect(months.length).toBeGreaterThan(0)
    const tables = [...TABLES_FILLED, ...months.map(({ table }) => table)]
    const shelf = await putAside(owner, tables)
    const left = await standing(owner)
    const ofTables = left.indexes.filter(({ table }) => tables.includes(table as string))
    expect(ofTables).toEqual([])
    expect(
      left.constraints.filter(({ definition }) => /REFERENCES desk.(ticket|message)/.test(`${definition}`)),
    ).toEqual([])
    const hands = await builders(ownerUrl, 2)
    for (const table of tables) hands.add((client) => shelf.build(client, table))
    await hands.end()
    for (const month of months) await putBack(owner, 'desk.event', month)
    await shelf.refer(owner)
    expect(await standing(owner)).toEqual(before)
  }))

test('a row that refers to nothing is found when references are kept again', () =>
  inDatabase(async (owner) => {
    const shelf = await putAside(owner, ['desk.ticket'])
    await owner.query(`set session_replication_role = replica`)
    await owner.query(
      `insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes) values ($1, $1, $1, now(), '')`,
      [newId()],
    )
    await owner.query(`set session_replication_role = default`)
    await shelf.build(owner, 'desk.ticket')
    await expect(shelf.refer(owner)).rejects.toThrow('violates foreign key constraint')
  }))

test('what cannot be built is told, and nothing more is begun', () =>
  inDatabase(async (_, { ownerUrl }) => {
    const hands = await builders(ownerUrl, 1)
    let begun = 0
    hands.add((client) => client.query('create index on desk.nothing (at)').then(() => undefined))
    hands.add(async () => void begun++)
    await expect(hands.end()).rejects.toThrow('"desk.nothing" does not exist')
    expect(begun).toBe(0)
  }))

test('a database that goes away while a year is written is told by what is asked next, and ends nothing else', () =>
  inDatabase(async (owner, { ownerUrl }) => {
    const hands = await builders(ownerUrl, 1)
    const pouring = await pour(ownerUrl, { name: 'desk.ticket_tag', columns: ['workspace_id', 'tag'] })
    await owner.query(`select pg_terminate_backend(pid, 10000) from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`)
    hands.add((client) => client.query('select 1').then(() => undefined))
    await expect(hands.end()).rejects.toThrow(/terminat|connection/i)
    await expect(pouring.end()).rejects.toThrow(/terminat|connection/i)
  }))

test('the record of a month that is whole is closed while others are written, and what comes too late for it waits', () =>
  inDatabase(async (owner, { ownerUrl }) => {
    const day = 86_400_000
    for (const ago of [62, 31])
      await owner.query('select app.ensure_partitions($1)', [new Date(NOW.getTime() - ago * day)])
    const months = await takeApart(owner, 'desk.event', NOW)
    const [first, last] = [months[0], months.at(-1)]
    if (!first || !last) throw new Error('There are no months')
    const whole: string[] = []
    const record = await pourRecord(ownerUrl, months, {
      columns: TABLES.event,
      whole: ({ table }) => whole.push(table),
    })
    const tell = (at: Date) => record.row(newId(), at, newId(), at, 'ticket.moved', 'system', null, null, '{}')
    const count = async (table: string) =>
      (await owner.query<{ count: number }>(`select count(*)::int as count from ${table}`)).rows[0]?.count
    tell(first.from)
    tell(last.from)
    record.passed(last.from.getTime())
    tell(first.from)
    expect(record.late).toHaveLength(1)
    tell(last.from)
    await record.end()
    expect(whole).toHaveLength(months.length)
    expect([await count(first.table), await count(last.table)]).toEqual([1, 2])
  }))
