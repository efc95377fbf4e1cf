import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { noteTicket } from '../../shared/tickets.ts'
import { until } from '../support/until.ts'
import { expectEachMailOnce, settled } from './support/account.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { post } from './support/post.ts'

let desk: CrashingDesk
let customers: ReturnType<typeof post>
beforeEach(async () => {
  desk = await startCrashingDesk()
  customers = post(desk, () => 1)
  customers.next()
  await settled(desk)
})
afterEach(() => desk.stop())

/** Holds rows as another transaction would, runs the work that meets them, and lets go when the process was told to stop. */
async function stopWhileHeld(process: 'api' | 'worker', lock: string, work: () => void): Promise<unknown> {
  const client = await desk.connect()
  await client.query('begin')
  await client.query(lock)
  work()
  await until('the work to wait for the lock', async () => {
    const [waiting] = await desk.rows<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock'`,
    )
    return (waiting?.count ?? 0) > 0
  })
  const ended = desk[process].end('SIGTERM')
  await until('the stop to be under way', () => desk[process].lines().some((line) => line.includes('"stopping"')))
  await client.query('rollback')
  client.release()
  return ended
}

test('a request that runs when the backend is told to stop is answered, and the backend ends well', async () => {
  const [ticket] = await desk.rows<{ id: string }>('select id from desk.ticket')
  let answered: Promise<unknown> | undefined
  const ended = await stopWhileHeld('api', 'select from desk.ticket for update', () => {
    answered = desk.nora.call(noteTicket, {
      params: { ticketId: ticket?.id ?? '' },
      body: { text: 'Asked the carrier.' },
    })
  })
  expect(await answered).toMatchObject({ id: ticket?.id })
  expect(ended).toEqual({ code: 0, signal: null })
  expect(await desk.rows(`select id from desk.message where direction = 'note'`)).toHaveLength(1)
})

// graphile-worker does not wait for the row of an ended job unless it completes jobs in batches (completeJobBatchDelay)
test('a job that runs when the worker is told to stop is finished, and the worker ends well', async () => {
  const ended = await stopWhileHeld('worker', 'lock table desk.mailbox_mail in exclusive mode', () => customers.next())
  expect(ended).toEqual({ code: 0, signal: null })
  expect(
    await desk.rows(
      'select task_identifier, attempts, last_error from graphile_worker.jobs where locked_at is not null',
    ),
  ).toEqual([])
  await desk.worker.start()
  await settled(desk)
  await expectEachMailOnce(desk, customers.posted)
})

test('with nothing to do both end at once and well', async () => {
  expect(await Promise.all([desk.api.end('SIGTERM'), desk.worker.end('SIGTERM')])).toEqual([
    { code: 0, signal: null },
    { code: 0, signal: null },
  ])
})
