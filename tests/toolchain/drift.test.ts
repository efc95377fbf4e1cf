import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { schemaDifference } from '../../toolchain/schema/difference.ts'

let prisma: string
beforeAll(async () => {
  prisma = await mkdtemp(join(tmpdir(), 'sidedesk-drift-'))
  await mkdir(join(prisma, 'migrations/1_start'), { recursive: true })
  await writeFile(
    join(prisma, 'schema.prisma'),
    'datasource db {\n  provider = "postgresql"\n  schemas = ["desk"]\n}\n',
  )
  await writeFile(
    join(prisma, 'parcel.prisma'),
    'model Parcel {\n  id Int @id\n  @@map("parcel")\n  @@schema("desk")\n}\n',
  )
})
afterAll(() => rm(prisma, { recursive: true }))

test('migrations that make what the schema says show no difference, whatever Prisma cannot say besides', async () => {
  await migration(`create schema desk;
    create table desk.parcel (id int not null, constraint parcel_pkey primary key (id), check (id > 0));
    create index parcel_big on desk.parcel (id) where id > 100;
    alter table desk.parcel enable row level security;
    do $$ begin perform 1; perform 2; end $$;`)
  expect(await schemaDifference(prisma)).toBeUndefined()
})

test('a column that only the migrations know is shown as the SQL that would remove it', async () => {
  await migration(
    'create schema desk; create table desk.parcel (id int, weight int, constraint parcel_pkey primary key (id));',
  )
  expect(await schemaDifference(prisma)).toContain('ALTER TABLE "desk"."parcel" DROP COLUMN "weight"')
})

test('a table that only the schema knows is shown as the SQL that would make it', async () => {
  await migration('create schema desk;')
  expect(await schemaDifference(prisma)).toContain('CREATE TABLE "desk"."parcel"')
})

const migration = (sql: string) => writeFile(join(prisma, 'migrations/1_start/migration.sql'), sql)
