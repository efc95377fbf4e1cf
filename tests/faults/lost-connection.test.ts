import { expect, test } from '@jest/globals'
import { until } from '../support/until.ts'
import { expectEachMailOnce, settled } from './support/account.ts'
import { startCrashingDesk } from './support/crashing-desk.ts'
import { faultMet } from './support/meeting.ts'
import { post } from './support/post.ts'

const READ = 'gmail.users.messages.get'

test('a worker that lost only the connection that says it lives does not get its own running jobs taken away', async () => {
  const desk = await startCrashingDesk()
  try {
    await settled(desk)
    await desk.rows(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = x'51de'::int`,
    )
    desk.google.faults.add({ method: READ, kind: 'timeout' })
    const customers = post(desk, () => 1)
    customers.next()
    await faultMet(desk, READ)
    const taken = () => desk.worker.lines().some((line) => line.includes('given back'))
    await until('a round of looking for dead workers', async () => {
      const [held] = await desk.rows<{ age: number }>(
        `select extract(epoch from now() - min(locked_at))::float8 as age from graphile_worker.jobs where task_identifier = 'intake:sync' and locked_at is not null`,
      )
      return taken() || (held?.age ?? 0) > 5
    })
    expect(taken()).toBe(false)
    await desk.worker.killAndRestart()
    await settled(desk)
    await expectEachMailOnce(desk, customers.posted)
  } finally {
    await desk.stop()
  }
})
