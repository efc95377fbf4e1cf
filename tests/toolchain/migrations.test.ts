import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { migrate } from '../../backend/platform/db/migrations.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

const databases: TestDatabase[] = []
const folders: string[] = []
let url: string
let folder: string

beforeEach(async () => {
  const database = await createDatabase()
  databases.push(database)
  url = database.ownerUrl
  await query('truncate public._prisma_migrations')
  folder = await mkdtemp(join(tmpdir(), 'sidedesk-migrations-'))
  folders.push(folder)
})

afterAll(async () => {
  for (const database of databases) await database.drop()
  for (const path of folders) await rm(path, { recursive: true })
})

test('missing migrations are applied in the order of their names, once', async () => {
  await write('2_b', 'insert into public.a values (2)')
  await write(
    '1_a',
    'create table public.a (id int); create function public.f() returns int language sql as $$ select 1; $$',
  )
  expect(await migrate(url, folder)).toEqual({ applied: ['1_a', '2_b'] })
  expect(await migrate(url, folder)).toEqual({ applied: [] })
  expect(await query('select id, public.f() as f from public.a')).toEqual([{ id: 2, f: 1 }])
})

test('two starters do not apply the same migration twice', async () => {
  await write('1_a', 'create table public.a (id int); select pg_sleep(0.05)')
  const results = await Promise.all([migrate(url, folder), migrate(url, folder)])
  expect(results.flatMap(({ applied }) => applied)).toEqual(['1_a'])
})

test('a migration that fails leaves nothing, is named with its line, and can be repaired', async () => {
  await write('1_a', 'create table public.a (id int);\n\nselect nonsense')
  await expect(migrate(url, folder)).rejects.toThrow(
    'Migration 1_a failed and changed nothing: column "nonsense" does not exist (line 3)',
  )
  expect(await query("select to_regclass('public.a') as a")).toEqual([{ a: null }])
  await write('1_a', 'create table public.a (id int)')
  expect(await migrate(url, folder)).toEqual({ applied: ['1_a'] })
})

test('a migration that was edited after it was applied is refused', async () => {
  await write('1_a', 'select 1')
  await migrate(url, folder)
  await write('1_a', 'select 2')
  await expect(migrate(url, folder)).rejects.toThrow('Migration 1_a was edited after it was applied')
})

test('a migration that was applied but is missing here is refused, unless it is newer than ours', async () => {
  for (const name of ['1_a', '2_b', '3_c']) await write(name, 'select 1')
  await migrate(url, folder)
  await rm(join(folder, '3_c'), { recursive: true })
  expect(await migrate(url, folder)).toEqual({ applied: [] })
  await rm(join(folder, '1_a'), { recursive: true })
  await expect(migrate(url, folder)).rejects.toThrow(
    'Migration 1_a was applied to this database but is not in this version',
  )
})

test("a migration that Prisma's own tool left half applied is refused", async () => {
  await write('1_a', 'select 1')
  await migrate(url, folder)
  await query('update public._prisma_migrations set finished_at = null')
  await expect(migrate(url, folder)).rejects.toThrow('Migration 1_a failed earlier')
})

async function write(name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
