import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getQueue, showQueue } from '../../shared/queues.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { panelOf, textOf } from '../support/panel-hands.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const hoursOf = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }): number | null =>
  endedAt && (endedAt.getTime() - startedAt.getTime()) / 3_600_000

test('without a shift a log-in ends after the longest time, as soon as the grace time is over as well, and says so', async () => {
  await work.in('nora')
  await desk.travel('12 h')
  await desk.travel('29 min')
  await work.tick()
  expect((await work.lastOf('nora')).endedAt).toBeNull()
  await desk.travel('2 min')
  await work.tick()
  const session = await work.lastOf('nora')
  expect(session).toMatchObject({ endedHow: 'forgotten', endedById: null })
  expect(hoursOf(session)).toBe(12)
  const [ended] = await desk.events('work.ended')
  expect(ended).toMatchObject({ actorKind: 'system', payload: { sessionId: session.id, how: 'forgotten' } })
  expect(ended?.occurredAt).toEqual(session.endedAt)
  const home = await desk.as('nora').call(showQueue, { params: { view: 'mine' } })
  expect(textOf(home)).toContain('Nobody had logged you out')
  expect(textOf(home)).toContain('[Log in]')
})

test('ticks beside each other, and beside a log-out, end it once', async () => {
  await work.in('nora')
  await work.in('sam')
  await desk.travel('13 h')
  await Promise.all([work.tick(), work.tick(), work.out('nora'), work.tick()])
  const ends = (await desk.events('work.ended')).slice(1) // the first test told of one
  expect(ends.map(({ payload }) => (payload as { staffId: string }).staffId).toSorted()).toEqual(
    [desk.staff.nora.id, desk.staff.sam.id].toSorted(),
  )
  expect((await work.lastOf('sam')).endedHow).toBe('forgotten')
})

test('a forgotten break ends with the work, and whoever pressed something later was there until then', async () => {
  await work.in('nora')
  await work.pause('nora', 'short')
  await work.in('sam')
  await desk.travel('721 min')
  await work.pause('sam', 'short')
  await desk.travel('25 min')
  await work.back('sam')
  await desk.travel('10 min')
  await work.tick()
  const nora = await work.lastOf('nora')
  expect(hoursOf(nora)).toBe(12)
  expect(nora.breaks.map(({ endedAt }) => endedAt)).toEqual([nora.endedAt])
  expect((await work.lastOf('sam')).endedAt).toBeNull()
  await desk.travel('21 min')
  await work.tick()
  const sam = await work.lastOf('sam')
  expect(sam.endedHow).toBe('forgotten')
  expect(sam.endedAt).toEqual(sam.breaks[0]?.endedAt)
})

test('a shift that is over closes the log-in as of its end, after the grace time, however early somebody came', async () => {
  await work.planned('nora', 20, 200)
  const { endsAt } = await work.planned('nora', 225, 400)
  expect((await work.in('nora')).session?.plannedEnd).toBeNull()
  await desk.travel('30 min')
  await work.tick()
  await desk.travel('215 min') // over lunch, and into the second shift
  await work.tick()
  expect((await work.of('nora')).session).toMatchObject({ plannedEnd: endsAt.toISOString() })
  await desk.travel('184 min')
  await work.tick()
  expect((await work.lastOf('nora')).endedAt).toBeNull()
  await desk.travel('2 min')
  await work.tick()
  expect(await work.lastOf('nora')).toMatchObject({ endedHow: 'forgotten', endedAt: endsAt })
})

test('whoever says after their shift that they work on is not logged out by it, but by the longest log-in', async () => {
  await work.planned('nora', -60, 60)
  await work.in('nora')
  const { press } = panelOf(desk, 'nora')
  const home = () => desk.as('nora').call(showQueue, { params: { view: 'mine' } })
  expect(textOf(await home())).not.toContain('I work on')
  await desk.travel('61 min')
  expect(textOf(await home())).toContain('Your shift is over.')
  expect((await press(await home(), 'I work on')).say).toBe('You stay logged in')
  expect(await work.stay('nora')).toMatchObject({ already: true, session: { stays: true } })
  expect(textOf(await home())).not.toContain('Your shift is over.')
  await desk.travel('10 h')
  await work.tick()
  expect((await work.lastOf('nora')).endedAt).toBeNull()
  await desk.travel('90 min')
  await work.tick()
  expect(hoursOf(await work.lastOf('nora'))).toBe(12)
})

test('whoever works on after a shift that was as long as the longest log-in has hours to do so', async () => {
  await work.settings({ longestMinutes: 120 })
  const { endsAt } = await work.planned('nora', 0, 180)
  await work.in('nora')
  await desk.travel('205 min')
  expect(await work.stay('nora')).toMatchObject({ already: false })
  await desk.travel('200 min')
  await work.tick()
  expect((await work.lastOf('nora')).endedAt).toBeNull()
  await desk.travel('50 min')
  await work.tick()
  const session = await work.lastOf('nora')
  expect(session.endedHow).toBe('forgotten')
  expect(Number(session.endedAt)).toBe(endsAt.getTime() + 4 * 3_600_000)
})

test('a night in which nothing ran: work that was forgotten ends with its shift all the same, not with the next one', async () => {
  const { endsAt } = await work.planned('nora', -10, 300)
  await work.in('nora')
  await work.planned('nora', 1_200, 1_600)
  await desk.travel('1300 min')
  await work.tick()
  expect(await work.sessionsOf('nora')).toMatchObject([{ endedHow: 'forgotten', endedAt: endsAt }])
})

test('a night in which nothing ran: whoever logs in again in the morning is not at work since yesterday', async () => {
  const { endsAt } = await work.planned('nora', -10, 300)
  await work.in('nora')
  await work.planned('nora', 1_200, 1_600)
  await desk.travel('1190 min')
  const refusal = await refusalOf(work.pause('nora'))
  expect(refusal.message).toContain('because nobody had logged out by the end of the shift. Log in first.')
  expect(await work.in('nora')).toMatchObject({ already: false })
  const [yesterday, today] = await work.sessionsOf('nora')
  expect(yesterday).toMatchObject({ endedHow: 'forgotten', endedAt: endsAt })
  expect(today?.endedAt).toBeNull()
  await desk.travel('400 min')
  expect(await work.out('nora')).toMatchObject({ already: false, last: { how: 'self' } })
})

test('a shift that was moved or cancelled meanwhile counts as it is planned now', async () => {
  const { id } = await work.planned('nora', -60, 60)
  const { session } = await work.in('nora')
  expect(session?.plannedEnd).not.toBeNull()
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.shift.update({
      where: { workspaceId_id: { workspaceId: desk.workspaceId, id } },
      data: { cancelled: 'exception' },
    }),
  )
  await desk.travel('120 min')
  await work.tick()
  expect((await work.of('nora')).session?.plannedEnd).toBeNull()
})

test('grace and the longest time are settings', async () => {
  await work.settings({ graceMinutes: 0, longestMinutes: 60 })
  await work.in('nora')
  await desk.travel('61 min')
  await work.tick()
  expect(hoursOf(await work.lastOf('nora'))).toBe(1)
})

test('a longest log-in that an admin shortens takes nobody the hours that they had worked by then', async () => {
  await work.in('nora')
  await desk.travel('5 h')
  await work.settings({ longestMinutes: 60 })
  await work.tick()
  expect((await work.lastOf('nora')).endedAt).toBeNull()
  await desk.travel('31 min')
  await work.tick()
  const session = await work.lastOf('nora')
  expect(session.endedHow).toBe('forgotten')
  expect(Math.round((hoursOf(session) ?? 0) * 60)).toBe(300)
})

test('a new log-in after a forgotten one is a time of its own', async () => {
  await work.in('nora')
  await desk.travel('13 h')
  await work.tick()
  const { already } = await work.in('nora')
  expect(already).toBe(false)
  expect(await work.sessionsOf('nora')).toHaveLength(2)
  expect((await desk.as('nora').call(getQueue, { params: { view: 'mine' } })).me.name).toBe('Nora')
})
