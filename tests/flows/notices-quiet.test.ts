import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendDigest } from '../../backend/features/notices/digest/digesting.ts'
import { type Notice, notify, resumeNotices } from '../../backend/features/notices/index.ts'
import { forgetNotices } from '../../backend/features/notices/resuming.ts'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let notices: ReturnType<typeof noticesOf>
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  notices = noticesOf(desk)
  work = workAt(desk)
})
afterAll(() => desk.stop())

/** Somebody is told something by a feature. */
const told = (name: StaffName, more: Pick<Notice, 'about' | 'subject' | 'evenOffShift'>) =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    notify(desk.ctx, tx, [{ id: desk.staff[name].id }], {
      kind: 'mention',
      lines: ['Look.'],
      path: '/desk',
      number: null,
      ...more,
    }),
  )

const waiting = () =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.notice.count({ where: { waits: { not: null } } }), { reads: true })

test('off shift nothing comes; the next log-in brings it as one mail, each with its link', async () => {
  await notices.plan('nora', 20, 28)
  const [one, two] = [await notices.mention('nora'), await notices.mention('nora')]
  await notices.tick()
  expect(notices.mailed('nora')).toEqual([])
  await work.in('nora')
  await desk.settle()
  expect(notices.mailed('nora')).toEqual(['2 notices from while you were off shift'])
  const [digest] = noticesTo(desk, 'nora')
  expect(digest?.text).toContain('Somebody names you in a note')
  for (const { id, number } of [one, two]) {
    expect(digest?.text).toContain(`${number}: Vera mentions you`)
    expect(digest?.text).toContain(`https://desk.example/desk/tickets/${id}`)
  }
})

test('whoever is logged in is told at once, on shift or not', async () => {
  const ticket = await notices.mention('nora')
  expect(notices.mailed('nora').at(-1)).toBe(`${ticket.number}: Vera mentions you`)
})

test('without a log-in it comes when the shift begins, once', async () => {
  await work.out('nora')
  await notices.mention('nora')
  const before = notices.mailed('nora').length
  await desk.travel('19 h')
  await notices.tick()
  expect(notices.mailed('nora')).toHaveLength(before)
  await desk.travel('2 h')
  await notices.tick()
  await notices.tick()
  expect(notices.mailed('nora').slice(before)).toEqual(['1 notice from while you were off shift'])
  const ticket = await notices.mention('nora')
  expect(notices.mailed('nora').at(-1)).toBe(`${ticket.number}: Vera mentions you`)
})

test('whoever wants no quiet has none, and what waited comes with the next tick', async () => {
  await desk.travel('10 h')
  await notices.mention('nora')
  const before = notices.mailed('nora').length
  await notices.choose('nora', {}, { quiet: false })
  await notices.tick()
  expect(notices.mailed('nora').slice(before)).toEqual(['1 notice from while you were off shift'])
  const ticket = await notices.mention('nora')
  expect(notices.mailed('nora').at(-1)).toBe(`${ticket.number}: Vera mentions you`)
})

test('a mail that was held up until the shift was over waits for the next one; what cannot wait comes all the same', async () => {
  await notices.choose('nora', {}, { quiet: true })
  await work.empty()
  await notices.plan('nora', -1, 1)
  const before = notices.mailed('nora').length
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  const ticket = await notices.mention('nora')
  await told('nora', { about: 'cannot-wait', subject: 'Cannot wait', evenOffShift: true })
  await desk.travel('3 h')
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await desk.settle()
  expect(notices.mailed('nora').slice(before)).toEqual(['Cannot wait'])
  await work.in('nora')
  await desk.settle()
  expect(notices.mailed('nora').slice(before)).toEqual(['Cannot wait', '1 notice from while you were off shift'])
  expect(noticesTo(desk, 'nora').at(-1)?.text).toContain(`${ticket.number}: Vera mentions you`)
})

test('the digest comes once a day at the hour that was chosen, by the clocks of the workspace', async () => {
  const hour = (desk.clock.now().getUTCHours() + 3) % 24
  await notices.choose('sam', { mention: 'digest' }, { digestHour: hour })
  const tickets = [await notices.mention('sam'), await notices.mention('sam')]
  await desk.travel('1 h')
  await notices.tick()
  expect(notices.mailed('sam')).toEqual([])
  await desk.travel('2 h')
  await notices.tick()
  const late = await notices.mention('sam')
  await desk.travel('2 h')
  await notices.tick()
  expect(notices.mailed('sam')).toEqual(['Your digest: 2 notices'])
  for (const { number } of tickets) expect(noticesTo(desk, 'sam')[0]?.text).toContain(number)
  await desk.travel('22 h')
  await notices.tick()
  expect(notices.mailed('sam')).toEqual(['Your digest: 2 notices', 'Your digest: 1 notice'])
  expect(noticesTo(desk, 'sam')[1]?.text).toContain(late.number)
})

test('digests that are made at once say everything once', async () => {
  const before = notices.mailed('sam').length
  for (let count = 0; count < 3; count++) await notices.mention('sam')
  await desk.travel('1 day')
  const staffId = desk.staff.sam.id
  await Promise.all(Array.from({ length: 4 }, () => sendDigest.perform(desk.ctx, desk.workspaceId, { staffId })))
  await desk.settle()
  expect(notices.mailed('sam').slice(before)).toEqual(['Your digest: 3 notices'])
  expect(await waiting()).toBe(0)
})

test('one thing is told once, however often and at how many places it is said at the same time', async () => {
  const say = () => told('ada', { about: 'said-at-once', subject: 'Said at once' })
  await Promise.all(Array.from({ length: 5 }, say))
  await say()
  await desk.settle()
  expect(notices.mailed('ada')).toEqual(['Said at once'])
})

test('that somebody was told is forgotten after a month; what waits is not', async () => {
  await notices.choose('sam', { mention: 'digest' })
  await notices.mention('sam')
  await desk.travel('31 days')
  await forgetNotices.perform(desk.ctx, desk.workspaceId, {})
  const left = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.notice.findMany(), { reads: true })
  expect(left).toMatchObject([{ staffId: desk.staff.sam.id, waits: 'digest' }])
  expect(Buffer.from(left[0]?.content ?? []).includes('mentions you')).toBe(false)
})

/** Clocks of Berlin are turned at one o'clock of UTC, on the last Sunday of March and October. */
function lastSunday(year: number, month: number): Date {
  const end = new Date(Date.UTC(year, month, 0))
  return new Date(end.getTime() - end.getUTCDay() * 86_400_000)
}

test('a night in which clocks leave out the hour of the digest, or show it twice, has one digest', async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { timeZone: 'Europe/Berlin' } }),
  )
  await notices.choose('sam', { mention: 'digest' }, { digestHour: 2 })
  const year = desk.clock.now().getUTCFullYear() + 1
  const nights = [
    { day: lastSunday(year, 3), comes: '01:00' }, // three o'clock, because there is no two
    { day: lastSunday(year, 10), comes: '00:00' }, // the first two
  ]
  for (const { day, comes } of nights) {
    const goTo = (at: number) => desk.travel(`${(at - desk.clock.now().getTime()) / 1_000} s`)
    await goTo(day.getTime() - 4 * 3_600_000)
    await notices.tick()
    const before = notices.mailed('sam').length
    await notices.mention('sam')
    const came: string[] = []
    for (let half = -3; half <= 6; half++) {
      const [at, count] = [day.getTime() + half * 1_800_000, notices.mailed('sam').length]
      await goTo(at + 1_000)
      await notices.tick()
      if (notices.mailed('sam').length > count) came.push(new Date(at).toISOString().slice(11, 16))
      await notices.mention('sam')
    }
    expect([day.toISOString(), came]).toEqual([day.toISOString(), [comes]])
    expect(notices.mailed('sam').slice(before)).toEqual([expect.stringMatching(/^Your digest: \d+ notices?$/)])
  }
})
