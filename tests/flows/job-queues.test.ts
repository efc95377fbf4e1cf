import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'

let desk: Desk
let owner: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  owner = await ownerOf(desk.database)
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

/** Queues of so many tickets whose jobs are done. */
const leave = (name: string, count: number) =>
  owner.query(
    `insert into graphile_worker._private_job_queues (queue_name) select $1 || '/' || n from generate_series(1, $2) n`,
    [name, count],
  )

const names = async (name: string): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `select queue_name as name from graphile_worker._private_job_queues where queue_name like $1 || '/%' order by id`,
    [name],
  )
  return rows.map((row) => row.name)
}

async function forget(): Promise<void> {
  await owner.query(`select graphile_worker.add_job('settings:forget-job-queues', '{}')`)
  await desk.settle()
}

test('queues whose jobs are done are forgotten; one with a job that waits stays, and its job is done in its turn', async () => {
  await leave('done', 250)
  await owner.query(
    `select graphile_worker.add_job('settings:forget-superseded-jobs', '{}', queue_name := 'waits/1', run_at := now() + interval '1 day')`,
  )
  await forget()
  expect(await names('done')).toEqual([])
  expect(await names('waits')).toEqual(['waits/1'])
  await owner.query('update graphile_worker._private_jobs set run_at = now()')
  await desk.settle()
  const { rows } = await owner.query('select from graphile_worker._private_jobs')
  expect(rows).toEqual([])
})

test('a queue that somebody is about to name is left until they have', async () => {
  await leave('named', 250)
  await owner.query(
    `select graphile_worker.add_job('settings:forget-job-queues', '{}', run_at := now() + interval '1 day')`,
  )
  const naming = await ownerOf(desk.database)
  await naming.query('begin')
  await naming.query(`select graphile_worker.add_job('settings:forget-superseded-jobs', '{}', queue_name := 'named/7')`)
  await desk.ctx.db.$queryRaw`select app.forget_job_queues()`
  expect(await names('named')).toHaveLength(250)
  await naming.query('commit')
  await naming.end()
  await desk.ctx.db.$queryRaw`select app.forget_job_queues()`
  expect(await names('named')).toEqual(['named/7'])
})

test('whoever is just taking a job is waited for, and then all queues go, however many there are', async () => {
  await leave('taken', 45_000)
  const taking = await ownerOf(desk.database)
  await taking.query('begin')
  await taking.query('select from graphile_worker._private_job_queues for update')
  let isOver = false
  const forgetting = desk.ctx.db.$queryRaw`select app.forget_job_queues()`.finally(() => {
    isOver = true
  })
  const hasWaited = async () => {
    const { rows } = await taking.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'select app.forget_job_queues%'
       and query_start < clock_timestamp() - interval '500 ms'`,
    )
    return isOver || rows.length > 0
  }
  await until('the one who forgets to have waited, or given up', hasWaited)
  await taking.query('commit')
  await taking.end()
  await forgetting // whoever waits in vain comes again, and fails nothing
  await forget()
  expect(await names('taken')).toEqual([])
})

test('a few queues are left', async () => {
  await forget()
  await leave('few', 20)
  await forget()
  expect(await names('few')).toHaveLength(20)
})
