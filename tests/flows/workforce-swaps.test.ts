import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { editShiftTemplate, listShiftSwaps, withdrawShiftSwap } from '../../shared/shifts.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { everyDay, shiftsAt } from '../support/shift-desk.ts'
import { until } from '../support/until.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let shifts: ReturnType<typeof shiftsAt>
beforeAll(async () => {
  desk = await startDesk()
  shifts = shiftsAt(desk)
})
afterEach(() => shifts.empty())
afterAll(() => desk.stop())

const offered = async (back = false) => {
  await shifts.plan('nora', 2, '09:00-17:00')
  if (back) await shifts.plan('sam', 3, '12:00-20:00')
  return shifts.offer('nora', await shifts.one('nora', 2), 'sam', back ? await shifts.one('sam', 3) : null)
}

const stateOf = async (by: StaffName, id: string) => {
  const { items } = await desk.as(by).call(listShiftSwaps)
  return items.find((swap) => swap.id === id)?.state
}

test('a shift changes hands when a colleague agreed and a supervisor approved', async () => {
  const swap = await offered()
  expect((await refusalOf(shifts.decide(swap))).message).toBe('Sam has not agreed yet. Approve it when they have.')
  expect((await refusalOf(shifts.answer('nora', swap))).message).toBe('This was offered to Sam. Only they answer it.')
  expect(await shifts.answer('sam', swap)).toMatchObject({ state: 'agreed', already: false })
  expect(await shifts.of('nora', 2)).toHaveLength(1)
  expect((await refusalOf(shifts.decide(swap, true, 'sam'))).code).toBe('forbidden')
  expect(await shifts.decide(swap)).toMatchObject({ state: 'approved', already: false, endedBy: 'Vera' })
  expect(await shifts.of('nora', 2)).toEqual([])
  expect(await shifts.of('sam', 2)).toEqual([`${shifts.day(2)} 09:00-17:00`])
  expect(await shifts.one('sam', 2)).toMatchObject({ source: 'swap' })
})

test('a supervisor approves no swap of their own; somebody else does', async () => {
  await shifts.plan('vera', 2, '09:00-17:00')
  const swap = await shifts.offer('vera', await shifts.one('vera', 2), 'sam', null)
  await shifts.answer('sam', swap)
  const own = await refusalOf(shifts.decide(swap, true, 'vera'))
  expect([own.code, own.message]).toEqual([
    'forbidden',
    'This is a swap of your own. Another supervisor or an admin approves it.',
  ])
  const page = await visitor(desk, 'vera').open('/desk/team')
  expect(page.text).toContain('Your own: another supervisor or an admin approves it.')
  expect(page.text).not.toContain('value="approve"')
  expect(await shifts.decide(swap, true, 'ada')).toMatchObject({ state: 'approved', endedBy: 'Ada' })
})

test('one shift for another: both change hands at once', async () => {
  const swap = await offered(true)
  await shifts.answer('sam', swap)
  await shifts.decide(swap)
  expect([await shifts.of('nora', 2, 3), await shifts.of('sam', 2, 3)]).toEqual([
    [`${shifts.day(3)} 12:00-20:00`],
    [`${shifts.day(2)} 09:00-17:00`],
  ])
})

test('approved twice, at the same moment, it is done once', async () => {
  const swap = await offered(true)
  await shifts.answer('sam', swap)
  const before = (await desk.events('shift_swap.approved')).length
  const answers = await Promise.all([shifts.decide(swap), shifts.decide(swap, true, 'ada'), shifts.decide(swap)])
  expect(answers.map(({ already }) => already).toSorted()).toEqual([false, true, true])
  expect(await shifts.of('sam', 2, 3)).toEqual([`${shifts.day(2)} 09:00-17:00`])
  expect(await desk.events('shift_swap.approved')).toHaveLength(before + 1)
  const rows = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shift.count({ where: { source: 'swap' } }))
  expect(rows).toBe(2)
})

test('what overlaps by the time of the approval is refused in words that name both, and stays as it was', async () => {
  const swap = await offered()
  await shifts.answer('sam', swap)
  await shifts.plan('sam', 1, '22:00-10:00')
  const refused = await refusalOf(shifts.decide(swap))
  expect(refused.code).toBe('move_not_allowed')
  expect(refused.message).toMatch(/^Sam: 09:00 to 17:00 on .+ lies over 22:00 to 10:00 on .+\. Move one of them\.$/)
  expect(await stateOf('sam', swap.id)).toBe('agreed')
  await shifts.plan('sam', 1, '20:00-09:00')
  expect(await shifts.decide(swap)).toMatchObject({ state: 'approved' })
})

test('nobody takes a shift on their leave, or on top of another; what they give for it does not count', async () => {
  await shifts.plan('nora', 2, '09:00-17:00')
  await shifts.plan('sam', 2, '12:00-20:00')
  const [hers, his] = [await shifts.one('nora', 2), await shifts.one('sam', 2)]
  expect((await refusalOf(shifts.offer('nora', hers, 'sam'))).message).toContain('lies over 12:00 to 20:00')
  const swap = await shifts.offer('nora', hers, 'sam', his)
  await shifts.answer('sam', swap)
  await shifts.decide(swap)
  expect([await shifts.of('nora', 2), await shifts.of('sam', 2)]).toEqual([
    [`${shifts.day(2)} 12:00-20:00`],
    [`${shifts.day(2)} 09:00-17:00`],
  ])
  await shifts.plan('nora', 4, '09:00-17:00')
  await shifts.leave('sam', 4, 4, 'ill')
  expect((await refusalOf(shifts.offer('nora', await shifts.one('nora', 4), 'sam'))).message).toMatch(
    /^Sam is away on .+\. Choose somebody else, or another day\.$/,
  )
})

test('only one’s own shift, that has not begun, is offered, and once at a time', async () => {
  await shifts.plan('nora', 0, '08:00-20:00')
  expect((await refusalOf(shifts.offer('nora', await shifts.one('nora', 0), 'sam'))).message).toContain(
    'has begun already',
  )
  const swap = await offered()
  const shift = await shifts.one('nora', 2)
  expect((await refusalOf(shifts.offer('sam', shift, 'nora'))).code).toBe('forbidden')
  expect((await refusalOf(shifts.offer('nora', shift, 'vera'))).message).toContain('You offered this shift to Sam.')
  await desk.as('nora').call(withdrawShiftSwap, { params: { swapId: swap.id } })
  expect((await shifts.offer('nora', shift, 'vera')).state).toBe('asked')
  expect((await refusalOf(shifts.answer('sam', swap))).message).toContain('It was withdrawn')
})

test('a shift that began before anybody approved does not change hands', async () => {
  await shifts.plan('nora', 1, '09:00-17:00')
  const swap = await shifts.offer('nora', await shifts.one('nora', 1), 'sam')
  await shifts.answer('sam', swap)
  await desk.travel('1 day')
  expect((await refusalOf(shifts.decide(swap))).message).toContain('has begun already')
  expect(await shifts.of('nora', 0)).toHaveLength(1)
})

test('an offer that nobody approved in time is over when its shift begins, and waits for nobody any more', async () => {
  const swap = await offered()
  await shifts.answer('sam', swap)
  await shifts.plan('sam', 3, '12:00-20:00')
  const back = await shifts.offer('sam', await shifts.one('sam', 3), 'nora')
  await shifts.tidy()
  expect(await stateOf('vera', swap.id)).toBe('agreed')
  await desk.travel('2 days')
  await shifts.tidy()
  expect([await stateOf('vera', swap.id), await stateOf('vera', back.id)]).toEqual(['withdrawn', 'asked'])
  expect((await refusalOf(shifts.decide(swap))).message).toContain('a shift of it has begun')
  expect(await shifts.of('nora', 0)).toHaveLength(1)
  await shifts.tidy()
  const told = (await desk.events('shift_swap.withdrawn')).filter(
    ({ payload }) => (payload as { swapId: string }).swapId === swap.id,
  )
  expect(told).toHaveLength(1)
})

test('declined at the moment at which somebody of it is sent away, it ends once', async () => {
  const swap = await offered()
  await shifts.answer('sam', swap)
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const waiting = (count: number) =>
    until(`${count} to wait`, async () => {
      const { rowCount } = await owner.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      return rowCount === count
    })
  const by = systemOf(desk.workspaceId)
  const endings = async () => [
    ...(await desk.events('shift_swap.withdrawn')),
    ...(await desk.events('shift_swap.declined')),
  ]
  const before = (await endings()).length
  try {
    await owner.query('begin')
    await owner.query('select from desk.shift_swap where id = $1 for update', [swap.id])
    const leaving = deactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', by)
    await waiting(1)
    const declined = refusalOf(shifts.decide(swap, false))
    await waiting(2)
    await owner.query('commit')
    await leaving
    expect((await declined).message).toContain('It was withdrawn')
    expect(await stateOf('nora', swap.id)).toBe('withdrawn')
    expect(await endings()).toHaveLength(before + 1)
  } finally {
    await owner.end()
    await reactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', by)
  }
})

test('an offer is over when its shift does not take place any more, and when somebody of it leaves', async () => {
  const swap = await offered()
  await shifts.plan('nora', 2, '10:00-17:00')
  expect(await stateOf('nora', swap.id)).toBe('withdrawn')
  const other = await shifts.offer('nora', await shifts.one('nora', 2), 'sam')
  await shifts.answer('sam', other)
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', by)
  try {
    expect((await refusalOf(shifts.decide(other))).message).toContain('It was withdrawn')
  } finally {
    await reactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', by)
  }
})

test('a template that changes neither gives back what was swapped away, nor forgets what was ever offered', async () => {
  const template = await shifts.template('Early', everyDay('06:00-14:00'))
  await shifts.give(template.id, ['nora'], 1)
  const swap = await shifts.offer('nora', await shifts.one('nora', 2), 'sam')
  await shifts.answer('sam', swap)
  await shifts.decide(swap)
  const open = await shifts.offer('nora', await shifts.one('nora', 3), 'sam')
  const { id, name, version } = template
  const body = { name, slots: everyDay('07:00-15:00'), retired: false, version }
  await desk.as('vera').call(editShiftTemplate, { params: { templateId: id }, body })
  await shifts.night()
  expect(await shifts.of('nora', 1, 3)).toEqual([`${shifts.day(1)} 07:00-15:00`, `${shifts.day(3)} 07:00-15:00`])
  expect(await shifts.of('sam', 2)).toEqual([`${shifts.day(2)} 06:00-14:00`])
  expect(await stateOf('nora', open.id)).toBe('withdrawn')
})

test('agents see offers of their own, supervisors those of everybody', async () => {
  const swap = await offered()
  const idsOf = async (name: StaffName) =>
    (await desk.as(name).call(listShiftSwaps, { query: { open: 'true' } })).items.map(({ id }) => id)
  expect([await idsOf('nora'), await idsOf('sam'), await idsOf('vera')]).toEqual([[swap.id], [swap.id], [swap.id]])
  await shifts.plan('vera', 5, '09:00-17:00')
  const other = await shifts.offer('vera', await shifts.one('vera', 5), 'sam')
  expect(await idsOf('nora')).toEqual([swap.id])
  expect(await idsOf('sam')).toEqual([other.id, swap.id])
})
