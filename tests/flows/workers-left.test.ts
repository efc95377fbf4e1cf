import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { createPool } from '../../backend/platform/database.ts'
import { enqueue, job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { startWorker } from '../../backend/platform/worker.ts'
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

/** What a job waits for before it ends, by its name. */
const gates = new Map<string, PromiseWithResolvers<void>>()
const done: string[] = []
const started: string[] = []
const gated = job('test:gated', z.object({ name: z.string() }), async (_ctx, _workspaceId, { name }) => {
  started.push(name)
  await gates.get(name)?.promise
  done.push(name)
})
const begin = async (name: string) => {
  gates.set(name, Promise.withResolvers())
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, gated, { name }))
}

/** One end of a job is refused by the database; a sequence tells of it, because it keeps its count when the statement fails. */
async function refuseOneEnding(work: () => void): Promise<void> {
  await owner.query(`
    create sequence public.refusals;
    grant usage on sequence public.refusals to public;
    create function public.refuse_ending() returns trigger language plpgsql as
      $$ begin perform nextval('public.refusals'); raise exception 'away'; end $$;
    create trigger refuse_ending before delete on graphile_worker._private_jobs execute function public.refuse_ending()`)
  work()
  await until('the end of a job to be refused', async () => {
    const { rows } = await owner.query<{ called: boolean }>('select is_called as called from public.refusals')
    return rows[0]?.called === true
  })
  await owner.query('drop function public.refuse_ending() cascade; drop sequence public.refusals')
}

const waiting = async () => (await owner.query('select from graphile_worker._private_jobs')).rowCount

test('a runner of the queue that never ends its own shutdown is left, and the jobs go on', async () => {
  const pool = createPool(desk.database.jobsUrl, 6, desk.ctx.log)
  const worker = await startWorker(desk.ctx, { pool, jobs: [gated], schedule: [], concurrency: 3, patienceMs: 500 })
  try {
    for (const name of ['first', 'second', 'failing']) await begin(name)
    await until('three jobs to run', () => started.length === 3, { everyMs: 20 })
    await refuseOneEnding(() => gates.get('first')?.resolve())
    gates.get('second')?.resolve()
    await until('the end of the second to be written', async () => (await waiting()) === 2)
    gates.get('failing')?.reject(new Error('Not today'))
    await begin('later')
    gates.get('later')?.resolve()
    await until('the later job to be done', () => done.includes('later'))
    expect(done).toEqual(['first', 'second', 'later'])
  } finally {
    await worker.stop()
    await pool.end()
  }
})
