import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import { notify } from '../../backend/features/notices/index.ts'
import { publicPushKey } from '../../backend/features/notices/push/keys.ts'
import { switchOn } from '../../backend/features/notices/push/subscriptions.ts'
import type { StaffActor } from '../../backend/platform/actor.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { noticesAt } from '../support/notice-mail.ts'
import { startPushService, type TestBrowser } from '../support/push-service.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { until } from '../support/until.ts'
import { ARCHIVE, type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { moment, whileArriving } from './support/disturbing.ts'
import { supervised } from './support/supervised.ts'

const SEND = 'gmail.users.messages.send'
const NORA = 'nora@fern.example'

let desk: CrashingDesk
let ctx: ReturnType<typeof createContext>
let service: Awaited<ReturnType<typeof startPushService>>
let phone: TestBrowser
let nora: StaffActor
beforeEach(async () => {
  desk = await startCrashingDesk({ WEBHOOKS_TO_PRIVATE: 'true' })
  ctx = createContext(readConfig({ ...desk.environment, LOG_LEVEL: 'error' }), { process: 'teller' })
  service = await startPushService()
  phone = service.browser()
  const { workspaceId } = desk
  const [row] = await desk.rows<{ id: string }>('select id from desk.staff')
  nora = { kind: 'staff', id: row?.id ?? '', workspaceId, name: 'Nora', role: 'agent' }
  await publicPushKey(ctx, workspaceId)
  await within(async (tx) => {
    await tx.noticeChoice.create({ data: { workspaceId, staffId: nora.id, kind: 'mention', way: 'both' } })
    await switchOn(ctx, tx, phone.fields, nora)
  })
})
afterEach(async () => {
  await ctx.close()
  await desk.stop()
  await service.close()
})

const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(ctx, desk.workspaceId, work)

/** Nora is told something, by mail and push. */
const tell = (number: number) =>
  within((tx) =>
    notify(ctx, tx, [nora], {
      kind: 'mention',
      about: `fault/${number}`,
      subject: `Notice ${number}`,
      lines: ['Look.'],
      path: '/desk',
      number: null,
    }),
  )

const mailed = () => noticesAt(desk.google, NORA).map(({ subject }) => subject)

const states = async () =>
  (
    await desk.rows<{ state: string; count: number }>(
      `select state, count(*)::int as count from desk.journal_entry where kind in ('gmail.notice', 'push.notice') group by state order by state`,
    )
  ).map(({ state, count }) => `${count} ${state}`)

const stand = (what: string[]) =>
  until(`the notices to be ${what}`, async () => String(await states()) === String(what), {
    seconds: 180,
    found: async () => `They are ${await states()}; ${desk.worker.lines().slice(-6).join('\n')}`,
  })

/** Nothing gets further in a table until it is let go. */
async function heldTable(table: string, mode: 'access exclusive' | 'exclusive') {
  const client = await desk.connect()
  await client.query(`begin; lock table ${table} in ${mode} mode`)
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

test('the worker dies when mail and push have left and before it is written down: the mail is found, the push keeps its tag', async () => {
  await desk.worker.end('SIGKILL')
  await tell(1)
  const letStaff = await heldTable('desk.staff', 'access exclusive') // both look there before they send
  await desk.worker.start()
  await stand(['2 running'])
  const letJournal = await heldTable('desk.journal_entry', 'exclusive')
  await letStaff()
  const waiting = () =>
    desk.rows('select from pg_locks where relation = $1::regclass and not granted', ['desk.journal_entry'])
  await until('both to be sent', () => mailed().length === 1 && phone.requests().length === 1, { everyMs: 20 })
  await until('both to be written down', async () => (await waiting()).length >= 2, { everyMs: 20 })
  await desk.worker.end('SIGKILL')
  await letJournal()
  expect(await states()).toEqual(['2 running'])

  await desk.worker.start()
  await desk.travel(11)
  await stand(['2 done'])
  expect(mailed()).toEqual(['Notice 1'])
  expect(desk.google.quota.of(ARCHIVE).calls[SEND]).toBe(1)
  const [first, second, ...more] = phone.shown()
  expect(more).toEqual([])
  expect(second).toEqual(first)
})

test('two workers that die at any moment tell each thing once: one mail, and pushes of one tag', async () => {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  const other = supervised('worker', desk.environment)
  await other.start()
  try {
    const telling: Promise<void>[] = []
    const say = () => void (telling.length < 100 && telling.push(tell(telling.length + 1)))
    await whileArriving(say, random, async () => {
      for (let kill = 0; kill < 8; kill++) {
        await moment(random)
        await (random() < 0.5 ? desk.worker : other).killAndRestart()
      }
    })
    await Promise.all(telling)
    await desk.travel(11)
    await stand([`${2 * telling.length} done`])
    const all = telling.map((_, at) => `Notice ${at + 1}`)
    expect(mailed().toSorted()).toEqual(all.toSorted())
    expect(new Set(phone.shown().map(({ tag }) => tag)).size).toBe(all.length)
    const topics = new Set(phone.requests().map(({ headers }) => headers['topic']))
    expect(topics.size).toBe(all.length)
  } finally {
    await other.end('SIGKILL')
  }
})
