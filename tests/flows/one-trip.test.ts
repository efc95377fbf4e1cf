import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { askWorkspace } from '../../backend/platform/asking.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let pool: pg.Pool

/** One connection, so that whatever a question leaves behind would meet the next one. */
beforeAll(async () => {
  desk = await startDesk()
  pool = new pg.Pool({ connectionString: desk.database.url, max: 1 })
})
afterAll(async () => {
  await pool.end()
  await desk.stop()
})

const elsewhere = '01890000-0000-7000-8000-0000000000aa'
const names = Prisma.sql`select name from desk.workspace`
const ask = <Row>(sql: Prisma.Sql, workspaceId = desk.workspaceId) => askWorkspace<Row>({ pool }, workspaceId, sql)

test('a question sees its workspace and no other, and leaves nothing behind on its connection', async () => {
  expect(await ask(names)).toHaveLength(1)
  expect(await ask(names, elsewhere)).toEqual([])
  expect(await ask(names)).toHaveLength(1)
  expect((await pool.query('select name from desk.workspace')).rows).toEqual([])
  const left = await pool.query(
    `select current_setting('app.workspace_id', true) as workspace, current_setting('transaction_read_only') as "readOnly"`,
  )
  expect([null, '']).toContain(left.rows[0]?.workspace)
  expect(left.rows[0]?.readOnly).toBe('off')
})

test('a question cannot write, and one that fails does no harm to the next', async () => {
  const write = Prisma.sql`update desk.workspace set name = ${'mine'} where workspace_id = ${desk.workspaceId}::uuid`
  await expect(ask(write)).rejects.toThrow('read-only transaction')
  await expect(ask(Prisma.sql`select 1 / ${0}::int as broken`)).rejects.toThrow('division by zero')
  await expect(ask(Prisma.sql`select nothing_of_the_kind`)).rejects.toThrow('does not exist')
  for (let time = 0; time < 3; time++) {
    expect(
      await ask<{ n: number; none: string | null }>(Prisma.sql`select ${7}::int as n, ${null}::text as none`),
    ).toEqual([{ n: 7, none: null }])
    expect(await ask(names)).toHaveLength(1)
  }
})

test('many at once, more than there are connections, each get their own answer', async () => {
  const asked = Array.from({ length: 50 }, (_, n) => ask<{ n: number }>(Prisma.sql`select ${n}::int as n`))
  expect((await Promise.all(asked)).map(([row]) => row?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
})
