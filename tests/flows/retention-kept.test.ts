import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { DELETED_BY_KEY } from '../../backend/features/retention/beside-tickets.ts'
import { WITH_CUSTOMERS } from '../../backend/features/retention/customers.ts'
import { FATES } from '../../backend/features/retention/what-is-kept.ts'
import { createDatabase, ownerOf, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await createDatabase()
  owner = await ownerOf(database)
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** Columns that can hold words, but for closed sets: text with a CHECK that lists what it may be. */
async function columnsWithWords(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.table_name || '.' || c.column_name as name from information_schema.columns c
    where c.table_schema = 'desk' and (c.data_type in ('text', 'bytea', 'jsonb', 'json', 'tsvector') or c.udt_name in ('_text', 'tsvector'))
      and not exists (select from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
        join pg_attribute a on a.attrelid = t.oid and k.conkey = array[a.attnum]
        where n.nspname = 'desk' and t.relname = c.table_name and a.attname = c.column_name and k.contype = 'c'
          and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY\\[|= ''')
    order by 1`)
  return rows.map(({ name }) => name)
}

const tableOf = (column: string) => column.split('.')[0] ?? ''

test('somebody has thought about every column that can hold words: what becomes of it when its customer is forgotten', async () => {
  const columns = await columnsWithWords()
  expect(columns.length).toBeGreaterThan(150)
  expect(columns.filter((column) => !FATES[column] && !FATES[tableOf(column)])).toEqual([])
})

test('the list names nothing that is not there', async () => {
  const { rows } = await owner.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns where table_schema = 'desk'`,
  )
  const there = new Set(rows.flatMap(({ table, column }) => [table, `${table}.${column}`]))
  expect(Object.keys(FATES).filter((name) => !there.has(name))).toEqual([])
})

test('every table that forgetting deletes from has an index by what it deletes by', async () => {
  const keys = [...DELETED_BY_KEY, ...WITH_CUSTOMERS.map(([table, key]) => [table, key] as const)]
  const { rows } = await owner.query<{ table: string; second: string }>(`
    select t.relname as table, a.attname as second from pg_index i join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace join pg_attribute w on w.attrelid = t.oid and w.attnum = i.indkey[0]
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[1]
    where n.nspname = 'desk' and w.attname = 'workspace_id'`)
  const indexed = new Set(rows.map(({ table, second }) => `${table}.${second}`))
  expect(keys.map(([table, key]) => `${table}.${key}`).filter((name) => !indexed.has(name))).toEqual([])
})

test('nothing that points at a ticket, a message or a customer is forgotten about: rows are deleted, or an empty ticket stays', async () => {
  const { rows } = await owner.query<{ table: string }>(`
    select distinct t.relname as table from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid
    join pg_namespace n on n.oid = r.relnamespace
    where k.contype = 'f' and n.nspname = 'desk' and r.relname in ('ticket', 'message', 'customer') and k.confdeltype <> 'c' order by 1`)
  const seen = new Set([
    ...DELETED_BY_KEY.map(([table]) => table),
    ...WITH_CUSTOMERS.map(([table]) => table),
    'message',
    'attachment',
    'ticket',
  ])
  expect(rows.map(({ table }) => table).filter((table) => !seen.has(table))).toEqual([])
})
