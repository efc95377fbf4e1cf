import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { shiftOf } from '../../backend/features/workforce/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { setStaffStart } from '../../shared/settings.ts'
import {
  editShiftTemplate,
  endTemplateUse,
  listLeave,
  listShifts,
  planDayByTemplate,
  removeLeave,
} from '../../shared/shifts.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { everyDay, hoursOf, shiftsAt } from '../support/shift-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let shifts: ReturnType<typeof shiftsAt>
beforeAll(async () => {
  desk = await startDesk()
  shifts = shiftsAt(desk)
})
afterEach(() => shifts.empty())
afterAll(() => desk.stop())

const givenTemplate = async (words: `${string}-${string}`, from = 0) => {
  const template = await shifts.template(`Every day ${words}`, everyDay(words))
  await shifts.give(template.id, ['nora'], from)
  return template
}

const usesOf = (name: 'nora' | 'sam') =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.shiftTemplateUse.findMany({ where: { staffId: desk.staff[name].id }, orderBy: { fromDay: 'asc' } }),
  )

test('a template that is given plans eight weeks, and every night one day more', async () => {
  await givenTemplate('09:00-17:00')
  expect(await shifts.of('nora', 0)).toEqual([]) // it had begun already when it was given
  expect(await shifts.of('nora', 1)).toEqual([`${shifts.day(1)} 09:00-17:00`])
  expect(await shifts.of('nora', 1, 60)).toHaveLength(56)
  await shifts.night()
  expect(await shifts.of('nora', 1, 60)).toHaveLength(56)
  await desk.travel('1 day')
  await shifts.night()
  expect(await shifts.of('nora', 1, 60)).toHaveLength(56)
})

test('a shift over midnight belongs to the day on which it begins, and somebody is on it until it ends', async () => {
  await shifts.plan('nora', 0, '22:00-06:00')
  const shift = await shifts.one('nora', 0)
  expect([shift.startsAt.slice(0, 16), shift.endsAt.slice(0, 16)]).toEqual([
    `${shifts.day(0)}T22:00`,
    `${shifts.day(1)}T06:00`,
  ])
  const at = (time: string) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => shiftOf(tx, desk.staff.nora.id, new Date(time)), { reads: true })
  expect((await at(`${shifts.day(1)}T05:59:59Z`))?.id).toBe(shift.id)
  expect(await at(`${shifts.day(1)}T06:00:00Z`)).toBeNull()
  expect(await at(`${shifts.day(0)}T21:59:59Z`)).toBeNull()
})

test('shifts that overlap are refused in words that name both: in a week, on a day, and over midnight', async () => {
  const week = [
    { weekday: 7, ...hoursOf('22:00-06:00') },
    { weekday: 1, ...hoursOf('05:00-13:00') },
  ]
  expect(await refusalOf(shifts.template('Nights', week))).toMatchObject({
    code: 'invalid_request',
    message: 'Two shifts lie over each other: Sunday 22:00 to 06:00 and Monday 05:00 to 13:00. Move one of them.',
  })
  expect((await refusalOf(shifts.plan('nora', 3, '09:00-17:00', '16:00-18:00'))).message).toBe(
    'Two shifts lie over each other: 09:00 to 17:00 and 16:00 to 18:00. Move one of them.',
  )
  await shifts.plan('nora', 3, '22:00-06:00')
  expect((await refusalOf(shifts.plan('nora', 4, '05:00-13:00'))).message).toMatch(
    /^Nora: 05:00 to 13:00 on this day lies over 22:00 to 06:00 on \w{3}, .+\. Move one of them\.$/,
  )
  expect(await shifts.of('nora', 4)).toEqual([])
  await shifts.plan('nora', 4, '06:00-13:00')
})

test('a shift of a whole day that reaches over one of the next evening is refused in words, also far in the west', async () => {
  await shifts.zone('America/Los_Angeles')
  await shifts.plan('nora', 4, '16:30-18:00')
  expect(await refusalOf(shifts.plan('nora', 3, '17:00-17:00'))).toMatchObject({
    code: 'invalid_request',
    message: expect.stringMatching(/^Nora: 17:00 to 17:00 on this day lies over 16:30 to 18:00 on /),
  })
})

test('two supervisors who plan the same day at once do not plan over each other', async () => {
  const wishes = ['08:00-16:00', '10:00-18:00', '12:00-20:00'] as const
  await Promise.all(wishes.map((words, n) => shifts.plan('nora', 5 + (n % 2), words)))
  for (const on of [5, 6]) expect(await shifts.of('nora', on)).toHaveLength(1)
  const outcomes = await Promise.allSettled([
    shifts.plan('sam', 5, '20:00-06:00'),
    shifts.plan('sam', 6, '04:00-12:00'),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a day by hand stays as it is when its template changes, until it is given back', async () => {
  const template = await givenTemplate('09:00-17:00')
  await shifts.plan('nora', 2, '12:00-14:00')
  await shifts.plan('nora', 3)
  const { name } = template
  const wish = { name, slots: everyDay('10:00-18:00'), retired: false, version: template.version }
  await desk.as('vera').call(editShiftTemplate, { params: { templateId: template.id }, body: wish })
  expect(await shifts.of('nora', 1, 3)).toEqual([`${shifts.day(1)} 10:00-18:00`, `${shifts.day(2)} 12:00-14:00`])
  const whose = { staffId: desk.staff.nora.id, day: shifts.day(3) }
  await desk.as('vera').call(planDayByTemplate, { params: whose })
  expect(await shifts.of('nora', 3)).toEqual([`${shifts.day(3)} 10:00-18:00`])
})

test('a template that somebody else changed meanwhile is not overwritten', async () => {
  const { id, name, slots, version } = await givenTemplate('09:00-17:00')
  const edit = () =>
    desk
      .as('vera')
      .call(editShiftTemplate, { params: { templateId: id }, body: { name, slots, retired: false, version } })
  await edit()
  expect((await refusalOf(edit())).code).toBe('stale_version')
})

test('a new template ends the one until further notice; one with an end of its own is in the way, and says so', async () => {
  const early = await givenTemplate('06:00-14:00')
  const late = await shifts.template('Late', everyDay('14:00-22:00'))
  expect(await shifts.give(late.id, ['nora', 'sam'], 3, 9)).toEqual({ given: 2 })
  expect(await shifts.of('nora', 2, 3)).toEqual([`${shifts.day(2)} 06:00-14:00`, `${shifts.day(3)} 14:00-22:00`])
  expect(await shifts.of('nora', 10, 12)).toEqual([])
  expect((await refusalOf(shifts.give(early.id, ['nora'], 5))).message).toMatch(
    /^Nora works by Late from .+ to .+\. End that first, or choose other days\.$/,
  )
  expect(await shifts.give(late.id, ['nora', 'sam'], 3, 9)).toEqual({ given: 0 })
  const [, use] = await usesOf('nora')
  await desk.as('vera').call(endTemplateUse, { params: { useId: use?.id ?? '' }, body: { to: shifts.day(4) } })
  expect(await shifts.of('nora', 3, 6)).toHaveLength(2)
  await desk.as('vera').call(endTemplateUse, { params: { useId: use?.id ?? '' }, body: { to: shifts.day(0) } })
  expect(await shifts.of('nora', 3, 6)).toEqual([])
  expect(await usesOf('nora')).toHaveLength(1)
})

test('leave cancels the shifts of its days, those that have begun too, and gives them back when it is taken back', async () => {
  await givenTemplate('09:00-17:00')
  await shifts.plan('nora', 0, '08:00-20:00')
  const { id } = await shifts.leave('nora', 0, 2, 'ill')
  expect(await shifts.of('nora', 0, 3)).toEqual([`${shifts.day(3)} 09:00-17:00`])
  expect((await refusalOf(shifts.plan('nora', 1, '09:00-12:00'))).message).toBe(
    'Nora has leave on this day. Take the leave back first, or choose another day.',
  )
  expect((await refusalOf(shifts.leave('nora', 2, 5))).message).toMatch(
    /^Nora has leave from .+ to .+\. Take that back first/,
  )
  await shifts.night()
  expect(await shifts.of('nora', 0, 2)).toEqual([])
  expect(await desk.as('vera').call(removeLeave, { params: { leaveId: id } })).toEqual({ removed: true })
  expect(await refusalOf(desk.as('vera').call(removeLeave, { params: { leaveId: id } }))).toMatchObject({
    code: 'not_found',
    message: 'There is no such leave: it was taken back already, or never added.',
  })
  expect(await shifts.of('nora', 0, 2)).toEqual([
    `${shifts.day(0)} 08:00-20:00`,
    `${shifts.day(1)} 09:00-17:00`,
    `${shifts.day(2)} 09:00-17:00`,
  ])
})

test('nobody has shifts before their first day', async () => {
  await givenTemplate('09:00-17:00')
  await shifts.plan('nora', 2, '10:00-12:00')
  const start = (startedOn: string | null) =>
    desk.as('ada').call(setStaffStart, { params: { staffId: desk.staff.nora.id }, body: { startedOn } })
  await start(shifts.day(4))
  await desk.settle()
  expect(await shifts.of('nora', 0, 4)).toEqual([`${shifts.day(4)} 09:00-17:00`])
  expect((await refusalOf(shifts.plan('nora', 3, '09:00-12:00'))).message).toMatch(
    /^Nora starts on .+\. Choose a day from then on\.$/,
  )
  await start(shifts.day(3))
  await desk.settle()
  expect(await shifts.of('nora', 0, 3)).toEqual([`${shifts.day(3)} 09:00-17:00`])
})

test('whoever leaves while on a shift is on none any more, has none to come, and is planned by nobody', async () => {
  const template = await givenTemplate('11:00-20:00')
  await shifts.plan('nora', 0, '08:00-20:00')
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, 'nora@fern.example', by)
  try {
    const [shift, ...more] = await shifts.list('nora', 0, 30)
    expect(more).toEqual([])
    expect(new Date(shift?.endsAt ?? 0) <= desk.clock.now()).toBe(true)
    expect((await refusalOf(shifts.plan('nora', 1, '09:00-12:00'))).code).toBe('not_found')
    expect((await refusalOf(shifts.give(template.id, ['nora'], 1))).code).toBe('not_found')
  } finally {
    await reactivateStaff(desk.ctx, desk.workspaceId, 'nora@fern.example', by)
  }
  await shifts.night()
  expect(await shifts.list('nora', 1, 30)).toEqual([])
})

test('whoever is sent away while they are planned has no shift afterwards, whoever comes first', async () => {
  const by = systemOf(desk.workspaceId)
  for (let round = 0; round < 3; round++) {
    await Promise.allSettled([
      shifts.plan('nora', 3 + round, '09:00-17:00'),
      deactivateStaff(desk.ctx, desk.workspaceId, 'nora@fern.example', by),
    ])
    expect(await shifts.list('nora', 0, 30)).toEqual([])
    await reactivateStaff(desk.ctx, desk.workspaceId, 'nora@fern.example', by)
  }
})

test('shifts and leave are listed page by page; agents see shifts and no leave', async () => {
  for (const on of [1, 2, 3]) await shifts.plan('nora', on, '09:00-12:00', '13:00-17:00')
  const query = { from: shifts.day(1), to: shifts.day(3), limit: 4 }
  const first = await desk.as('sam').call(listShifts, { query })
  const second = await desk.as('sam').call(listShifts, { query: { ...query, cursor: first.next ?? '' } })
  expect([first.items.length, second.items.length, second.next]).toEqual([4, 2, null])
  expect(
    (await refusalOf(desk.as('sam').call(listShifts, { query: { ...query, to: shifts.day(90) } }))).message,
  ).toContain('62 days')
  await shifts.leave('sam', 1, 1)
  await shifts.leave('nora', 5, 6)
  const leave = await desk.as('vera').call(listLeave, { query: { from: shifts.day(0), limit: 1 } })
  expect(leave.items.map(({ staff }) => staff.name)).toEqual(['Sam'])
  const more = await desk
    .as('vera')
    .call(listLeave, { query: { from: shifts.day(0), limit: 1, cursor: leave.next ?? '' } })
  expect([more.items.map(({ staff }) => staff.name), more.next]).toEqual([['Nora'], null])
  expect((await refusalOf(desk.as('sam').call(listLeave, { query: { from: shifts.day(0) } }))).code).toBe('forbidden')
})

test('a log-in knows when the shift ends, also when the plan changes meanwhile', async () => {
  const work = workAt(desk)
  await shifts.plan('nora', 0, '08:00-20:00')
  const { session } = await work.in('nora')
  expect(session?.plannedEnd?.slice(11, 16)).toBe('20:00')
  await shifts.plan('nora', 0, '08:00-18:00')
  await work.tick()
  expect((await work.of('nora')).session?.plannedEnd?.slice(11, 16)).toBe('18:00')
  await work.empty()
})

test('a shift that is shortened behind somebody who is on it takes them no hours: they work on', async () => {
  const work = workAt(desk)
  await shifts.plan('nora', 0, '08:00-20:00')
  await work.in('nora')
  await desk.travel('3 h')
  await shifts.plan('nora', 0, '08:00-13:00')
  await work.tick()
  expect((await work.of('nora')).session).toMatchObject({ stays: true })
  expect(await work.out('nora')).toMatchObject({ last: { how: 'self' } })
  await work.empty()
})
