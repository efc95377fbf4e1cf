import { expect, test } from '@jest/globals'
import { until } from '../support/until.ts'
import { expectEachMailOnce, settled } from './support/account.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { faultMet } from './support/meeting.ts'
import { post } from './support/post.ts'
import { surviveKills } from './support/surviving.ts'

const READ = 'gmail.users.messages.get'

test('backend and worker die at any moment while mails arrive, and every mail is there exactly once', async () => {
  expect(await surviveKills(16)).toBeGreaterThan(50)
})

test('the jobs of a killed worker are given back within seconds, not hours', async () => {
  const desk = await startCrashingDesk()
  try {
    await settled(desk)
    desk.google.faults.add({ method: READ, kind: 'timeout' })
    const customers = post(desk, () => 1)
    customers.next()
    await faultMet(desk, READ)
    await desk.worker.killAndRestart()
    await settled(desk, 20)
    await expectEachMailOnce(desk, customers.posted)
  } finally {
    await desk.stop()
  }
})

test('a worker that dies when a rule has acted and not yet written it down leaves nothing; the next one does it once', async () => {
  const desk = await startCrashingDesk()
  try {
    await settled(desk)
    await givenRule(desk)
    const lock = await desk.connect()
    await lock.query('begin; lock table desk.rule_run in exclusive mode') // it is read, and its writers wait
    post(desk, () => 1).next()
    const waiting = () =>
      desk.rows('select from pg_locks where relation = $1::regclass and not granted', ['desk.rule_run'])
    await until('the rule to have acted', async () => (await waiting()).length > 0, { everyMs: 20 })
    await desk.worker.end('SIGKILL')
    await lock.query('rollback')
    lock.release()
    expect(await doneByRules(desk)).toMatchObject({ notes: 0, low: 0, runs: 0 })
    await desk.worker.start()
    await settled(desk, 60)
    expect(await doneByRules(desk)).toEqual({ notes: 1, low: 1, runs: 1, events: 1, causes: 0 })
  } finally {
    await desk.stop()
  }
})

const givenRule = ({ rows, workspaceId }: CrashingDesk) =>
  rows(
    `insert into desk.rule (workspace_id, id, position, name, state, trigger, definition, created_at, updated_at)
     values ($1, gen_random_uuid(), 1, 'Broken', 'on', 'ticket_created', $2, now(), now())`,
    [
      workspaceId,
      JSON.stringify({
        name: 'Broken',
        when: { on: 'event', event: 'ticket_created' },
        all: [],
        any: [],
        acts: [
          { do: 'note', text: 'Ask for a picture.' },
          { do: 'priority', priority: 'low' },
        ],
      }),
    ],
  )

const doneByRules = async ({ rows }: CrashingDesk) =>
  (
    await rows(
      `select (select count(*)::int from desk.message where direction = 'note') as notes,
         (select count(*)::int from desk.ticket where priority = 'low') as low,
         (select count(*)::int from desk.rule_run where outcome = 'applied') as runs,
         (select count(*)::int from desk.event where type = 'rule.applied') as events,
         (select count(*)::int from desk.rule_cause) as causes`,
    )
  )[0]
