import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { type Desk, startDesk } from '../support/desk.ts'

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

/** A job as the queue holds it, two hours after somebody last touched it. */
async function held(key: string, change: string): Promise<string> {
  const { rows } = await owner.query(
    `select (graphile_worker.add_job('intake:poll', '{}', job_key := $1, run_at := now() + interval '1 day')).id`,
    [key],
  )
  await owner.query(
    `update graphile_worker._private_jobs set ${change}, updated_at = now() - interval '2 hours' where id = $1`,
    [rows[0].id],
  )
  return rows[0].id
}

test('a job that was replaced while it ran is forgotten after its worker died; one that was given up stays for the doctor', async () => {
  await held('replaced', 'key = null, attempts = max_attempts')
  const givenUp = await held('given-up', "key = null, attempts = max_attempts, last_error = 'no'")
  const waiting = await held('waiting', 'attempts = 1')
  await owner.query(`select graphile_worker.add_job('settings:forget-superseded-jobs', '{}')`)
  await desk.settle()
  const { rows } = await owner.query(
    `select id from graphile_worker._private_jobs where updated_at < now() - interval '1 hour' order by id`,
  )
  expect(rows.map(({ id }) => id)).toEqual([givenUp, waiting])
})
