import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../backend/platform/ids.ts'
import { placeOf } from '../../workbench/postgres.ts'
import { pour } from '../../workbench/start/a-year/pouring.ts'
import { type Database, startDatabase } from '../../workbench/start/database.ts'
import { ownerOf } from '../support/database.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidedesk-filling-'))
  await chmod(folder, 0o711) // PostgreSQL's account has to pass through
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function ask<T>(database: Database, sql: string): Promise<T[]> {
  const owner = await ownerOf(database)
  try {
    return (await owner.query(sql)).rows as T[]
  } finally {
    await owner.end()
  }
}

const settings = (database: Database) =>
  ask<{ name: string; setting: string }>(
    database,
    `select name, setting from pg_settings where name in ('wal_level', 'fsync', 'synchronous_commit', 'autovacuum') order by 1`,
  )

test('a server that was filled is as everybody has it, and loses nothing of what it was filled with when it is killed', async () => {
  const dataDir = join(folder, 'postgres')
  let database = await startDatabase(dataDir, { filling: true })
  const filling = await settings(database)
  expect(filling).toContainEqual({ name: 'wal_level', setting: 'minimal' })
  expect(filling).toContainEqual({ name: 'fsync', setting: 'on' })
  await ask(database, 'create table desk.poured (id uuid, number int)')
  const pouring = await pour(database.ownerUrl, { name: 'desk.poured', columns: ['id', 'number'] }, { begun: true })
  for (let number = 0; number < 200_000; number++) pouring.row(newId(), number) // more than small tables, which are logged all the same
  await pouring.end()
  await ask(database, 'create unique index on desk.poured (number)')
  const address = database.ownerUrl
  await database.filled()
  expect(database.ownerUrl).toBe(address)
  expect(await settings(database)).toEqual([
    { name: 'autovacuum', setting: 'on' },
    { name: 'fsync', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
    { name: 'wal_level', setting: 'replica' },
  ])
  const [pid] = readFileSync(join(placeOf(dataDir), 'postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await database.exited
  database = await startDatabase(dataDir)
  try {
    const [found] = await ask(
      database,
      'select count(*)::int as rows, (select number from desk.poured where number = 77777) as found from desk.poured',
    )
    expect(found).toEqual({ rows: 200_000, found: 77_777 })
  } finally {
    await database.stop()
    await rm(placeOf(dataDir), { recursive: true, force: true })
  }
})
