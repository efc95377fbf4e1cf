import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { type Desk, startDesk } from '../support/desk.ts'

const DAY_MS = 86_400_000

let desk: Desk
let owner: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const inDays = (days: number) => new Date(desk.clock.now().getTime() + days * DAY_MS)
const make = (client: pg.Client | pg.Pool, at: Date) => client.query('select app.ensure_partitions($1) as made', [at])

/** Where the row of an event that is recorded at this instant lies. */
async function partOf(at: Date): Promise<string> {
  const { rows } = await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, payload)
     values ($1, $2, gen_random_uuid(), $2, 'test.happened', 'system', '{}') returning tableoid::regclass::text as part`,
    [desk.workspaceId, at],
  )
  return rows[0].part
}

test('processes that start at the same moment make the partitions together', async () => {
  const pool = new pg.Pool({ connectionString: desk.database.ownerUrl, max: 6 })
  const made = await Promise.all(Array.from({ length: 6 }, () => make(pool, inDays(400))))
  await pool.end()
  expect(made.map(({ rows }) => rows[0].made).sort()).toEqual([0, 0, 0, 0, 0, 8])
  expect(await partOf(inDays(400))).toMatch(/event_\d{6}$/)
})

test('a row that came before the partition of its month stays where it is and stops no later month', async () => {
  const warnings: string[] = []
  owner.on('notice', ({ message }) => warnings.push(message ?? ''))
  expect(await partOf(inDays(900))).toContain('event_other')
  const { rows } = await make(owner, inDays(900))
  expect(rows[0].made).toBe(7)
  expect(warnings).toEqual([expect.stringMatching(/rows of \d{4}-\d\d are in the default part of event/)])
  expect(await partOf(inDays(900))).toContain('event_other')
  expect(await partOf(inDays(940))).toMatch(/event_\d{6}$/)
})

test('the daily job makes the coming months for the whole desk', async () => {
  await desk.travel('1500 days')
  expect(await partOf(inDays(60))).toContain('event_other')
  await desk.pool.query(`select graphile_worker.add_job('settings:make-partitions')`)
  await desk.settle()
  expect(await partOf(inDays(0))).toMatch(/event_\d{6}$/)
  const { rows } = await desk.pool.query('select attempts from graphile_worker._private_jobs where attempts > 0')
  expect(rows).toEqual([])
})
