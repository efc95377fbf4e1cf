import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { keepLake, type Lake, openLake, pullEvents } from '../../backend/features/analytics/index.ts'
import { createPool } from '../../backend/platform/database.ts'
import { createLog } from '../../backend/platform/log.ts'
import { createTicket } from '../../shared/tickets.ts'
import { whileAway } from '../support/away.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { startProcess } from '../support/processes/backend-process.ts'
import { until } from '../support/until.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

test('every event comes into the lake exactly once, also one whose transaction ends late', async () => {
  const lake = await openLake(':memory:')
  const pool = createPool(desk.database.lakeUrl, 2, desk.ctx.log)
  const slow = new pg.Client({ connectionString: desk.database.ownerUrl })
  await slow.connect()
  try {
    await slow.query('begin')
    await slow.query(
      `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, payload) values ($1, now(), gen_random_uuid(), now(), 'test.late', 'system', '{}')`,
      [desk.workspaceId],
    )
    const mail = {
      messageId: '<a@ada.example>',
      subject: 'Jar',
      from: 'ada@ada.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'Broken.',
    }
    await desk.as('nora').call(createTicket, { body: mail })
    await pullEvents(pool, lake)
    await slow.query('commit')
    await pullUntilRecent(pool, lake, slow)
    const { rows } = await slow.query('select count(*)::int as count from desk.event')
    const inLake = await lake.connection.runAndReadAll(
      "select count(*)::int, count(distinct id)::int, count(*) filter (type = 'test.late')::int from event",
    )
    expect(inLake.getRows()[0]).toEqual([rows[0].count, rows[0].count, 1])
  } finally {
    await slow.end()
    await pool.end()
    lake.close()
  }
}, 120_000)

/** Transactions of other databases of the server hold the watermark back too, so a pull may find it still. */
async function pullUntilRecent(pool: pg.Pool, lake: Lake, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  const wanted = BigInt(rows[0]?.xid ?? '0')
  const isRecent = async () => {
    await pullEvents(pool, lake)
    const [[reached] = []] = (await lake.connection.runAndReadAll('select row_xid from watermark')).getRows()
    return BigInt(String(reached)) >= wanted
  }
  await until('the watermark to move on', isRecent, { everyMs: 50, seconds: 100 })
}

test('the lake may read events and nothing else', async () => {
  const lake = new pg.Client({ connectionString: desk.database.lakeUrl })
  await lake.connect()
  await expect(lake.query('select * from desk.ticket')).rejects.toThrow(/permission denied/)
  await lake.end()
})

test('a lake that starts while the database is away says so, and catches up by itself', async () => {
  const lines = new PassThrough()
  const log = createLog('debug', 'lake', { destination: lines })
  let said = ''
  lines.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  let keeping: { stop(): Promise<void> } | undefined
  try {
    await whileAway(desk.database, async () => {
      keeping = await keepLake({ ...desk.ctx, log }, 20)
      await until('a pull to fail', () => said.includes('a pull into the lake failed'), { everyMs: 10 })
    })
    await until('the events to come', () => said.includes('events came into the lake'), { everyMs: 20 })
  } finally {
    await keeping?.stop()
  }
})

test('the process of the lake goes on running when its first pull fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-lake-'))
  const { ownerUrl: owner, url: app, jobsUrl: jobs, lakeUrl: lake } = desk.database
  const masterKey = randomBytes(32).toString('base64')
  const env = backendEnvironment({
    urls: { owner, app, jobs, lake },
    folder,
    googleUrl: desk.google.url,
    masterKey,
    port: 0,
  })
  await whileAway(desk.database, async () => {
    const running = await startProcess('backend/lake.ts', env, /a pull into the lake failed/)
    expect(await running.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  })
  rmSync(folder, { recursive: true })
})

test('a pull whose connection is lost leaves nothing half done, and costs the lake no connection', async () => {
  const lake = await openLake(':memory:')
  const pool = createPool(desk.database.lakeUrl, 2, desk.ctx.log)
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const cut = (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    const cutting = async (...given: unknown[]) => {
      if (String(given[0]).startsWith('fetch'))
        await owner.query('select pg_terminate_backend($1, 5000)', [
          (client as unknown as { processID: number }).processID,
        ])
      return query(...given)
    }
    Object.assign(client, { query: cutting })
  }
  pool.on('connect', cut)
  for (let time = 0; time < 3; time++) await expect(pullEvents(pool, lake)).rejects.toThrow()
  expect(pool.totalCount).toBe(0)
  pool.off('connect', cut)
  expect(await pullEvents(pool, lake)).toBeGreaterThan(0)
  await owner.end()
  await pool.end()
  lake.close()
})
