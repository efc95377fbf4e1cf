import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { look } from '../../backend/features/analytics/lake/keeping/looking.ts'
import { createPace } from '../../backend/features/analytics/lake/keeping/pacing.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let reader: pg.Client
let others: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  reader = new pg.Client({ connectionString: desk.database.lakeUrl })
  others = new pg.Client({ connectionString: desk.database.url })
  for (const client of [reader, others]) await client.connect()
})
afterAll(async () => {
  await reader.end()
  await others.end()
  await desk.stop()
})

/** Each statement is a transaction; the last one is told at once. */
async function work(transactions: number): Promise<void> {
  for (let n = 1; n < transactions; n++) await others.query('select 1')
  await others.query('select pg_stat_force_next_flush()')
}

test('the one who keeps the lake sees from within its transaction whether the desk works', async () => {
  let at = 0
  const pace = createPace({ now: () => at, wait: async () => undefined })
  await look(reader)
  await pace.look(reader)
  await work(500)
  at += 2_000
  await pace.look(reader)
  expect(pace.isDeskAtWork()).toBe(true)
  at += 60_000 // what this test desk does by itself is little in so long a time
  await pace.look(reader)
  expect(pace.isDeskAtWork()).toBe(false)
  await reader.query('rollback')
})
