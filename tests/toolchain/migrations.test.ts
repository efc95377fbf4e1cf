import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { migrate } from '../../backend/platform/db/migrations.ts'
import { newId } from '../../backend/platform/ids.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { runOnServer } from '../support/test-server.ts'

const OURS = join(import.meta.dirname, '../../prisma/migrations')

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

test('an owner who is no superuser brings rows of before along', async () => {
  const [name, login] = [`owned_${newId(new Date(0)).slice(-12)}`, `owner_${newId(new Date(0)).slice(-12)}`]
  await runOnServer(url, `create role ${login} login password 'owner' createrole`)
  await runOnServer(url, `create database ${name} owner ${login}`)
  const ownerUrl = Object.assign(new URL(url), { pathname: name, username: login, password: 'owner' }).href
  const superuserUrl = Object.assign(new URL(url), { pathname: name }).href
  try {
    for (const one of (await readdir(OURS)).filter((each) => each < '20261121224515'))
      await cp(join(OURS, one), join(folder, one), { recursive: true })
    await migrate(ownerUrl, folder)
    const [workspace, ticket] = [newId(new Date(0)), newId(new Date(1))]
    await runOnServer(
      superuserUrl,
      `insert into desk.workspace (workspace_id, name, created_at) values ('${workspace}', 'Shop', now());
       insert into desk.customer select '${workspace}', '${ticket}', 'Ada', 'ada@home.example', now();
       insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
         select '${workspace}', id, n, 'Jar', '${ticket}', status, '{vip}', now(), '2026-01-02 03:04Z', now()
         from (values ('${ticket}'::uuid, 1, 'open'), ('${workspace}'::uuid, 2, 'solved')) given (id, n, status);
       insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
         values ('${workspace}', '${ticket}', '${ticket}', 'in', 'customer', now(), '', '', '', now())`,
    )
    await migrate(ownerUrl, OURS)
    expect(await query('select solved_at from desk.ticket order by number', superuserUrl)).toEqual([
      { solved_at: new Date(0) },
      { solved_at: new Date('2026-01-02T03:04:00Z') },
    ])
    expect(await query('select tag, ticket_id from desk.ticket_tag', superuserUrl)).toEqual([
      { tag: 'vip', ticket_id: ticket },
    ])
    expect(await query('select app.unfilled_workspaces() as id', superuserUrl)).toEqual([{ id: workspace }])
  } finally {
    await runOnServer(url, `drop database ${name} with (force)`)
    await runOnServer(url, `drop role ${login}`)
  }
})

async function write(name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

async function query(sql: string, connectionString = url): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
