import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { planHotViews } from '../../backend/ahead.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { askWorkspace } from '../../backend/platform/asking.ts'
import { createPool } from '../../backend/platform/database.ts'
import { showQueue } from '../../shared/queues.ts'
import { createTicket, getTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let pool: pg.Pool

/** One connection, so that whatever a question leaves behind would meet the next one. */
beforeAll(async () => {
  desk = await startDesk()
  pool = createPool(desk.database.url, 1, desk.ctx.log)
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

/** The texts about tickets that every connection for hot views has a plan of, one list for each connection. */
async function plannedOn(hot: pg.Pool): Promise<string[][]> {
  const clients = await Promise.all(Array.from({ length: hot.options.max }, () => hot.connect()))
  const planned = clients.map(async (client) => {
    const { rows } = await client.query<{ statement: string }>(
      `select statement from pg_prepared_statements where generic_plans > 0 and statement like '%desk.ticket%' order by 1`,
    )
    return rows.map(({ statement }) => statement)
  })
  const all = await Promise.all(planned)
  for (const client of clients) client.release()
  return all
}

test('a desk that starts has each view planned on every connection, as the homepage and the card ask for it', async () => {
  const hot = desk.ctx.pool
  await planHotViews(desk.ctx)
  const planned = await plannedOn(hot)
  expect(planned).toHaveLength(4)
  for (const texts of planned) expect(texts).toEqual(planned[0])
  expect(planned[0]?.length).toBeGreaterThan(8)
  const body = { messageId: '<ahead@ada.example>', subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
  const { id } = await desk.as('nora').call(createTicket, { body: { ...body, sentAt: desk.clock.now().toISOString() } })
  for (const view of ['mine', 'unassigned', 'breaching', 'open'])
    for (const name of ['nora', 'vera'] as const) await desk.as(name).call(showQueue, { params: { view } })
  await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  expect(await plannedOn(hot)).toEqual(planned)
})

test('a desk whose views cannot be planned starts all the same', async () => {
  const gone = new pg.Pool({ connectionString: 'postgresql://nobody@127.0.0.1:9/none', max: 2 })
  const warned: string[] = []
  const log = { ...desk.ctx.log, warn: (_about: object, words: string) => warned.push(words) }
  await planHotViews({ ...desk.ctx, pool: gone, log } as never)
  expect(warned).toEqual(['hot views could not be planned ahead'])
  await gone.end()
})
