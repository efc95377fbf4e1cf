import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Logger, runOnce } from 'graphile-worker'
import pg from 'pg'
import { z } from 'zod'
import { ALIVE } from '../../backend/platform/alive.ts'
import { createPool } from '../../backend/platform/database.ts'
import { enqueue, job } from '../../backend/platform/jobs.ts'
import { every } from '../../backend/platform/schedule.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { startWorker, taskList } from '../../backend/platform/worker.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'

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

/** A job that goes on until it is let go, on a worker of its own. */
async function startHeldJob(name: string) {
  const gate = Promise.withResolvers<void>()
  let starts = 0
  const held = job(name, z.object({}), async () => {
    starts++
    await gate.promise
  })
  const pool = createPool(desk.database.jobsUrl, 6, desk.ctx.log)
  const worker = await startWorker(desk.ctx, { pool, jobs: [held], schedule: [], concurrency: 2 })
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, held, {}))
  await until('the job to start', () => starts === 1, { everyMs: 20 })
  return {
    starts: () => starts,
    letGo: gate.resolve,
    async stop() {
      gate.resolve()
      await worker.stop()
      await pool.end()
    },
  }
}

const LOCKS = `pg_locks where locktype = 'advisory' and granted and classid = ${ALIVE} and database = (select oid from pg_database where datname = current_database())`
const sessions = async () => (await owner.query<{ pid: number }>(`select distinct pid from ${LOCKS}`)).rows

const heldBy = async (worker: string) =>
  (await owner.query('select from graphile_worker._private_jobs where locked_by = $1', [worker])).rowCount

/** A job in the hands of a worker that is no more. */
async function addJobOfDeadWorker(): Promise<void> {
  const { rows } = await owner.query(`select id from graphile_worker.add_job('test:of-a-dead-worker')`)
  await owner.query(
    `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '1 minute' where id = $1`,
    [rows[0].id],
  )
}

test('a worker that loses the connection that says it lives keeps its running jobs, and those of the dead are given back', async () => {
  const workers = [await startHeldJob('test:one'), await startHeldJob('test:other')]
  try {
    await owner.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_at is not null`,
    )
    const before = await sessions()
    expect(before).toHaveLength(2)
    await owner.query(`select pg_terminate_backend(pid) from ${LOCKS}`)
    await addJobOfDeadWorker()
    expect(await heldBy('dead')).toBe(1)
    await until('the dead worker to be found', async () => (await heldBy('dead')) === 0)
    const anew = async () => (await sessions()).filter(({ pid }) => before.every((gone) => gone.pid !== pid))
    await until('both workers to say again that they live', async () => (await anew()).length === 2)
    expect(await sessions()).toHaveLength(2)
    const { rows } = await owner.query(
      'select count(*)::int as running from graphile_worker._private_jobs where locked_at is not null',
    )
    expect(rows).toEqual([{ running: 2 }])
    expect(workers.map((worker) => worker.starts())).toEqual([1, 1])
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
  // the server gives a session up a moment after its client has closed it
  await until('the sessions of the stopped workers to end', async () => (await sessions()).length === 0)
})

test('the queue keeps the kind of a job’s failure and none of the words it was about', async () => {
  const failing = job('test:failing', z.object({}), async () => {
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      tx.customer.create({ data: { name: 'Ada Secret', email: 'ada@home.example' } as never }),
    )
  })
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, failing, {}))
  await runOnce({
    pgPool: desk.pool,
    taskList: taskList(desk.ctx, [failing], []),
    noHandleSignals: true,
    logger: silent,
  })
  // graphile-worker writes the end of a job beside its own, so that it may come a moment after the run
  const failure = async () => {
    const { rows } = await owner.query<{ error: string | null }>(
      `select last_error as error from graphile_worker.jobs where task_identifier = 'test:failing'`,
    )
    return rows
  }
  await until('the failure to be written', async () => (await failure())[0]?.error !== null)
  expect(await failure()).toEqual([{ error: 'PrismaClientValidationError: Argument [value] is missing.' }])
})

const silent = new Logger(() => () => undefined)

/** Work that never ends: each job enqueues the next before it is over. */
const stream = (turns: { left: number }) => {
  const next = job('test:stream', z.object({}), async (ctx: Desk['ctx'], workspaceId: string): Promise<void> => {
    turns.left--
    if (turns.left > 0) await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, next, {}))
  })
  return next
}

test('what recurs gives way to a stream of new work, but not for longer than until it is due again', async () => {
  const ran: number[] = []
  const turns = { left: 40 }
  const streaming = stream(turns)
  const recurring = job('test:recurring', z.object({}), async () => void ran.push(turns.left))
  const schedule = [every('1 minute', recurring, async () => [desk.workspaceId])]
  const tick = (priority: number) =>
    owner.query(`select graphile_worker.add_job('every-workspace:test:recurring', priority := $1)`, [priority])
  const tasks = taskList(desk.ctx, [streaming, recurring], schedule)
  const work = () =>
    runOnce({
      connectionString: desk.database.jobsUrl,
      taskList: tasks,
      concurrency: 1,
      logger: new Logger(() => () => {}),
    })
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, streaming, {}))
  await tick(-1)
  await work()
  expect(ran).toEqual([0]) // when the stream had dried up
  ran.length = 0
  turns.left = 40
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, streaming, {}))
  await tick(-2)
  await tick(-1)
  await work()
  expect(ran).toHaveLength(1)
  expect(ran[0]).toBeGreaterThan(30) // among the first of it
})

test('no worker begins with recurring work that none of its jobs does', () => {
  const done = job('test:done', z.object({}), async () => undefined)
  const left = job('test:left', z.object({}), async () => undefined)
  const schedule = [every('1 hour', done), every('1 hour', left)]
  expect(() => taskList(desk.ctx, [done], schedule)).toThrow('test:left recurs, but is none of the jobs')
  expect(() => taskList(desk.ctx, [done, left], schedule)).not.toThrow()
})
