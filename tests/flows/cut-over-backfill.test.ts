import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { backfill } from '../../backend/features/intake/backfill/reading.ts'
import { steerBackfill } from '../../backend/features/intake/backfill/steering.ts'
import { sync } from '../../backend/features/intake/syncing.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { listCustomerTickets } from '../../shared/customers.ts'
import { getMailboxHistory, startMailboxBackfill } from '../../shared/cut-over.ts'
import { searchTickets } from '../../shared/search.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { ARCHIVE, pastAt } from '../support/past-mail.ts'

let desk: Desk
let past: ReturnType<typeof pastAt>
let by: ReturnType<typeof systemOf>
beforeAll(async () => {
  desk = await startDesk()
  past = pastAt(desk)
  by = systemOf(desk.workspaceId)
})
afterAll(() => desk.stop())

const of = () => ({ params: { mailboxId: desk.mailbox.mailboxId } })

test('earlier mail comes in oldest first as closed tickets with their answers, and live mail is not touched', async () => {
  await past.stood([
    { id: 'a3', days: 38, who: 'ann@home.example', answers: 'a2' },
    { id: 'a1', days: 40, who: 'ann@home.example', text: 'Where is my quincejam' },
    { id: 'a2', days: 39, who: 'ann@home.example', byTeam: true, answers: 'a1', text: 'It left today' },
    { id: 'b1', days: 100, who: 'bob@home.example' },
  ])
  expect(await past.tickets('ann@home.example')).toEqual([])
  await past.start(3)
  await past.goOn()
  const [ticket, ...more] = await past.tickets('ann@home.example')
  expect(more).toEqual([])
  expect(ticket).toMatchObject({
    status: 'closed',
    assigneeId: null,
    messageCount: 3,
    dueAt: new Date('9999-12-31T00:00:00Z'),
  })
  expect(ticket?.messages.map(({ direction }) => direction)).toEqual(['in', 'out', 'in'])
  expect(ticket?.createdAt).toEqual(ticket?.messages[0]?.sentAt)
  expect(await past.tickets('bob@home.example')).toEqual([]) // before the three months
  expect(await past.run()).toMatchObject({ state: 'done', listed: 3, taken: 3, problem: null })
  const [created] = await desk.events('ticket.created')
  expect(created).toMatchObject({ historical: true })
  expect(created?.payload).not.toHaveProperty('counted')
})

test('it is found by its words and stands in the history of its customer', async () => {
  const found = await desk.as('nora').call(searchTickets, { query: { q: 'quincejam' } })
  expect(found.items).toHaveLength(1)
  const { customer } = await mailAt(desk).cardOfNew({ from: 'ann@home.example', text: 'A new thing', subject: 'New' })
  const card = await desk.as('nora').call(listCustomerTickets, { params: { customerId: customer.id }, query: {} })
  expect(JSON.stringify(card)).toContain('An old question')
})

test('what is here is skipped by a longer reading, and what is older comes in', async () => {
  await past.start(6)
  await past.goOn()
  expect(await past.tickets('bob@home.example')).toMatchObject([{ status: 'closed' }])
  expect(await past.tickets('ann@home.example')).toHaveLength(2)
  expect(await past.run()).toMatchObject({ state: 'done', taken: 1 })
})

test('a pause holds it, going on ends it, and a second one is refused meanwhile', async () => {
  await past.stood([{ id: 'c1', days: 200, who: 'cem@home.example' }])
  await desk.as('ada').call(startMailboxBackfill, { ...of(), body: { months: 9 } })
  await expect(desk.as('ada').call(startMailboxBackfill, { ...of(), body: { months: 9 } })).rejects.toMatchObject({
    code: 'in_progress',
  })
  const steer = (act: 'pause' | 'resume' | 'stop') =>
    steerBackfill(desk.ctx, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId, act }, by)
  await steer('pause')
  await past.goOn()
  expect(await past.tickets('cem@home.example')).toEqual([])
  expect(await desk.as('vera').call(getMailboxHistory, of())).toMatchObject({
    backfill: { state: 'paused', estimated: null },
  })
  await steer('resume')
  await past.goOn()
  expect(await past.tickets('cem@home.example')).toHaveLength(1)
  expect(await desk.as('vera').call(getMailboxHistory, of())).toMatchObject({ backfill: { state: 'done' } })
  expect(
    (await desk.events('mailbox.backfill_changed')).slice(-3).map(({ payload }) => (payload as { what: string }).what),
  ).toEqual(['started', 'paused', 'resumed'])
  await steer('stop')
  expect((await past.run()).state).toBe('done')
})

test('only an admin reads earlier mail', async () => {
  for (const who of ['nora', 'vera', 'rhea'] as const)
    await expect(desk.as(who).call(startMailboxBackfill, { ...of(), body: { months: 1 } })).rejects.toMatchObject({
      code: 'forbidden',
    })
})

test('when Gmail fails in the middle, or the job is lost, it goes on where it stood and loses no mail', async () => {
  await past.stood([
    { id: 'd1', days: 300, who: 'dan@home.example' },
    { id: 'd2', days: 290, who: 'dora@home.example' },
  ])
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', times: 1 })
  await past.start(11)
  await desk.settle()
  expect((await past.run()).state).toBe('running')
  desk.google.faults.clear()
  await desk.pool.query("delete from graphile_worker._private_jobs where key like 'intake:backfill:%'") // a worker that died with its queue
  await past.goOn()
  expect(await past.run()).toMatchObject({ state: 'done', taken: 2 })
  expect([...(await past.tickets('dan@home.example')), ...(await past.tickets('dora@home.example'))]).toHaveLength(2)
})

test('more mail in a stretch of time than one answer lists is read in halves', async () => {
  await past.stood(
    Array.from({ length: 620 }, (_, n) => ({
      id: `many${n}`,
      days: 400 + (n % 60) / 1_440,
      who: `many${n}@home.example`,
    })),
  )
  await past.start(14)
  for (let turn = 0; turn < 30 && (await past.run()).state === 'running'; turn++) {
    await desk.settle()
    await desk.travel('2 s')
  }
  expect(await past.run()).toMatchObject({ state: 'done', taken: 620 })
  const count = await past.read((tx) =>
    tx.ticket.count({ where: { workspaceId: tx.workspaceId, customer: { email: { startsWith: 'many' } } } }),
  )
  expect(count).toBe(620)
})

test('live mail is filed before history that waits', async () => {
  await past.stood(
    Array.from({ length: 60 }, (_, n) => ({ id: `wait${n}`, days: 500 + n / 1_440, who: `wait${n}@home.example` })),
  )
  await past.start(18)
  for (let turn = 0; turn < 40; turn++) {
    await backfill(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
    const waiting = await past.read((tx) =>
      tx.mailboxMail.count({ where: { workspaceId: tx.workspaceId, state: 'received', historical: true } }),
    )
    if (waiting >= 60) break
  }
  await desk.google.customers.write({
    from: 'live@home.example',
    to: 'support@fern.example',
    subject: 'Now',
    text: 'Live',
  })
  await sync(desk.ctx, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId })
  await desk.settle()
  const [live] = await past.tickets('live@home.example')
  const first = await past.read((tx) =>
    tx.ticket.findFirstOrThrow({
      where: { workspaceId: tx.workspaceId, customer: { email: { startsWith: 'wait' } } },
      orderBy: { number: 'asc' },
    }),
  )
  expect(live?.number).toBeLessThan(first.number)
  await past.goOn()
})

test('a reading of earlier mail sends nothing', () => {
  expect(desk.google.quota.of(ARCHIVE).calls['gmail.users.messages.send']).toBeUndefined()
})
