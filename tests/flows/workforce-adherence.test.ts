import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { type Adherence, getAdherence, getOwnAdherence, type PersonAdherence } from '../../shared/shifts.ts'
import { correctWorkTimes, endForSomebody } from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { shiftsAt } from '../support/shift-desk.ts'
import { visitor } from '../support/visitor.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let shifts: ReturnType<typeof shiftsAt>
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  shifts = shiftsAt(desk)
  work = workAt(desk)
})
afterEach(async () => {
  await shifts.empty()
  await work.empty()
})
afterAll(() => desk.stop())

const days = (from = 0, to = from) => ({ from: shifts.day(from), to: shifts.day(to) })

const of = async (name: StaffName, from = 0, to = from): Promise<PersonAdherence['days']> => {
  const query = { ...days(from, to), staffId: desk.staff[name].id }
  return (await desk.as('vera').call(getAdherence, { query })).items[0]?.days ?? []
}

const goTo = (at: number) => desk.clock.travel(at - desk.clock.now().getTime())

const whole = <T extends Record<string, number | string>>(all: T | undefined) =>
  Object.fromEntries(
    Object.entries(all ?? {}).map(([name, value]) => [name, typeof value === 'number' ? Math.round(value) : value]),
  )

/** The next whole hour of the desk's clock is so many minutes away. */
const hoursFromNow = (n: number): string =>
  new Date(desk.clock.now().getTime() + n * 3_600_000).toISOString().slice(11, 13)

test('a shift with a late begin, a lunch that took too long, and an early end', async () => {
  await desk.travel('20 h') // morning, so that a whole shift fits into the day
  const [from, to] = [hoursFromNow(1), hoursFromNow(9)]
  await shifts.plan('nora', 0, `${from}:00-${to}:00`)
  const begin = Date.parse((await shifts.one('nora', 0)).startsAt)
  const until = async (minute: number) => goTo(begin + minute * 60_000)
  await until(10)
  await work.in('nora')
  await until(180)
  await work.pause('nora')
  await until(225)
  await work.back('nora')
  await until(450)
  await work.out('nora')
  await until(500)
  expect(whole((await of('nora'))[0])).toEqual({
    day: shifts.day(0),
    planned: 480,
    due: 480,
    worked: 395,
    onBreak: 30,
    overBreak: 15,
    late: 10,
    early: 30,
    away: 0,
    absent: 0,
    outside: 0,
  })
})

test('a night shift is read on the day on which it begins, also the next morning', async () => {
  await shifts.plan('nora', 0, '22:00-06:00')
  const begin = Date.parse((await shifts.one('nora', 0)).startsAt)
  goTo(begin)
  const day = shifts.day(0)
  await work.in('nora')
  await desk.travel('8 h')
  await desk.travel('25 min')
  await work.out('nora')
  const [night, morning] = await of('nora', -1, 0)
  expect(whole(night)).toMatchObject({ day, planned: 480, worked: 480, outside: 0 })
  expect(whole(morning)).toMatchObject({ planned: 0, due: 0, outside: 25 })
})

test('leave is no absence, and a shift that nobody came to is', async () => {
  await shifts.plan('nora', -2, '08:00-16:00')
  await shifts.plan('sam', -2, '08:00-16:00')
  await shifts.leave('sam', -2, -2, 'ill')
  expect(whole((await of('nora', -2))[0])).toMatchObject({ due: 480, absent: 480 })
  expect(await of('sam', -2)).toEqual([])
})

test('everybody is read page by page by name; agents read their own, and of nobody else', async () => {
  for (const name of ['nora', 'sam', 'vera'] as const) await shifts.plan(name, -1, '09:00-17:00')
  const query = { ...days(-1), limit: 3 }
  const first = await desk.as('vera').call(getAdherence, { query })
  const second = await desk.as('vera').call(getAdherence, { query: { ...query, cursor: first.next ?? '' } })
  expect([...first.items, ...second.items].map(({ staff }) => staff.name)).toEqual(['Ada', 'Nora', 'Sam', 'Vera'])
  expect(second.next).toBeNull()
  const mine = await desk.as('sam').call(getOwnAdherence, { query: days(-1) })
  expect([mine.staff.name, mine.days.map(({ planned }) => planned)]).toEqual(['Sam', [480]])
  expect((await refusalOf(desk.as('sam').call(getAdherence, { query }))).code).toBe('forbidden')
  expect((await refusalOf(desk.as('vera').call(getAdherence, { query: days(-31, 0) }))).message).toBe(
    'Choose 31 days at most.',
  )
  expect((await refusalOf(desk.as('vera').call(getAdherence, { query: days(0, -1) }))).message).toContain(
    'The last day',
  )
})

test('the team’s times are a page and a file, one’s own are a page', async () => {
  await shifts.plan('nora', -1, '09:00-17:00')
  const { from, to } = days(-1)
  const vera = visitor(desk, 'vera')
  const page = await vera.open(`/desk/team/adherence?from=${from}&to=${to}`)
  expect(page.text).toMatch(/Nora<\/a><\/th>.*0 %.*8 h 0 min/s)
  const file = await vera.open(`/desk/team/adherence/file?from=${from}&to=${to}`)
  expect(file.text.split('\r\n')[0]).toContain('name,day,planned_minutes,due_minutes,worked_minutes,on_break_minutes')
  expect(file.text).toContain(`Nora,${from},480.00,480.00,0.00,0.00,0.00,0.00,0.00,0.00,480.00,0.00`)
  const nora = visitor(desk, 'nora')
  expect((await nora.open(`/desk/shifts/adherence?from=${from}&to=${to}`)).text).toContain('My times against the plan')
  expect((await nora.open('/desk/team/adherence')).status).toBe(403)
  expect((await nora.open(`/desk/team/${desk.staff.sam.id}/adherence`)).status).toBe(403)
})

const MINUTE = 60_000
const DAY_MS = 86_400_000

/** The next last Sunday of a month: in March and October clocks of Berlin leap on it at night. @param month 2 is March */
function nextLeap(month: number): number {
  const now = desk.clock.now()
  const lastSunday = (year: number) => {
    const last = new Date(Date.UTC(year, month + 1, 0))
    return last.getTime() - last.getUTCDay() * DAY_MS
  }
  const years = [now.getUTCFullYear(), now.getUTCFullYear() + 1]
  return years.map(lastSunday).find((sunday) => sunday > now.getTime() + 2 * DAY_MS) ?? 0
}

type Minutes = Omit<Adherence, 'day'>

/** What adherence counts of somebody on the day of the night and the one after it, in whole minutes. */
async function countedOf(name: StaffName): Promise<Minutes> {
  const query = { from: shifts.day(-1), to: shifts.day(0), staffId: desk.staff[name].id }
  const [person] = (await desk.as('ada').call(getAdherence, { query })).items
  const sum = (of: keyof Minutes) => Math.round((person?.days ?? []).reduce((all, day) => all + day[of], 0))
  return {
    planned: sum('planned'),
    due: sum('due'),
    worked: sum('worked'),
    onBreak: sum('onBreak'),
    overBreak: sum('overBreak'),
    late: sum('late'),
    early: sum('early'),
    away: sum('away'),
    absent: sum('absent'),
    outside: sum('outside'),
  }
}

/** Minutes of somebody's work as the database has them. */
async function loggedOf(name: StaffName): Promise<number> {
  const sessions = await work.sessionsOf(name)
  const lengths = sessions.map(({ startedAt, endedAt }) => Number(endedAt ?? desk.clock.now()) - Number(startedAt))
  return Math.round(lengths.reduce((sum, length) => sum + length, 0) / MINUTE)
}

const NOTHING: Minutes = {
  planned: 0,
  due: 0,
  worked: 0,
  onBreak: 0,
  overBreak: 0,
  late: 0,
  early: 0,
  away: 0,
  absent: 0,
  outside: 0,
}

test.each([
  { leap: 'forward', month: 2, night: 420 },
  { leap: 'back', month: 9, night: 540 },
])('in the night in which clocks are put $leap no minute is lost, however work ends', async ({ month, night }) => {
  await shifts.zone('Europe/Berlin')
  goTo(nextLeap(month) - DAY_MS / 2)
  const names = ['nora', 'sam', 'vera', 'ada'] as const
  for (const name of names) await shifts.plan(name, 0, '22:00-06:00')
  const { startsAt, endsAt } = await shifts.one('nora', 0)
  const at = (minutes: number) => goTo(Date.parse(startsAt) + minutes * MINUTE)
  expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(night * MINUTE)

  at(-10)
  await work.in('nora')
  at(-5)
  await work.in('sam')
  at(0)
  await work.in('vera')
  expect((await work.in('nora')).already).toBe(true) // on her phone as well
  at(60)
  await work.in('ada')
  at(100)
  await work.pause('sam')
  at(130)
  await work.back('sam')
  at(210) // half past one; an hour later it is half past three, or half past one still
  await work.pause('nora')
  at(260)
  await work.back('nora')
  at(330)
  const params = { staffId: desk.staff.ada.id }
  await desk.as('vera').call(endForSomebody, { params, body: { what: 'work', reason: 'ill' } })
  at(340)
  await work.pause('vera', 'short')
  at(360)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, systemOf(desk.workspaceId))
  at(night + 10)
  await Promise.all([work.out('nora'), work.out('nora')])
  at(night + 31)
  await work.tick()
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, systemOf(desk.workspaceId))

  const all = { planned: night, due: night }
  expect(await countedOf('nora')).toEqual({
    ...NOTHING,
    ...all,
    worked: night - 50,
    onBreak: 30,
    overBreak: 20,
    outside: 20,
  })
  expect(await countedOf('sam')).toEqual({ ...NOTHING, ...all, worked: night - 30, onBreak: 30, outside: 5 })
  expect(await countedOf('ada')).toEqual({ ...NOTHING, ...all, worked: 270, late: 60, early: night - 330 })
  const sent = { planned: 360, due: 360, worked: 340, onBreak: 10, overBreak: 10 }
  expect(await countedOf('vera')).toEqual({ ...NOTHING, ...sent })

  const { id, startedAt, breaks, version } = await work.lastOf('sam')
  const instant = (minutes: number) => new Date(Date.parse(startsAt) + minutes * MINUTE).toISOString()
  await desk.as('ada').call(correctWorkTimes, {
    params: { sessionId: id },
    body: {
      startedAt: startedAt.toISOString(),
      endedAt: instant(night + 25),
      breaks: breaks.map((each) => ({
        id: each.id,
        kind: each.kind,
        startedAt: each.startedAt.toISOString(),
        endedAt: instant(150),
      })),
      word: 'He stayed, and had a longer lunch',
      version,
    },
  })
  expect(await countedOf('sam')).toEqual({
    ...NOTHING,
    ...all,
    worked: night - 50,
    onBreak: 30,
    overBreak: 20,
    outside: 30,
  })
  for (const name of names) {
    const { worked, onBreak, overBreak, outside } = await countedOf(name)
    expect([name, worked + onBreak + overBreak + outside]).toEqual([name, await loggedOf(name)])
  }
})
