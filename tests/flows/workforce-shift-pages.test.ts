import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { setStaffStart } from '../../shared/settings.ts'
import {
  addLeave,
  exportShifts,
  getAdherence,
  listLeave,
  listShifts,
  listShiftTemplates,
  planDay,
  planDayByTemplate,
} from '../../shared/shifts.ts'
import { getWorkDay } from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { shiftsAt } from '../support/shift-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let shifts: ReturnType<typeof shiftsAt>
beforeAll(async () => {
  desk = await startDesk()
  shifts = shiftsAt(desk)
})
afterEach(() => shifts.empty())
afterAll(() => desk.stop())

test('a template is made, given and changed on its pages; what is refused keeps what was typed', async () => {
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk/team/templates')
  const typed = { name: 'Early', 'day1.0.from': '06:00', 'day1.0.to': '14:00' }
  await vera.press('Add the template', { ...typed, 'day1.1.from': '13:00', 'day1.1.to': '15:00' })
  expect(vera.page().status).toBe(400)
  expect(vera.words()).toContain('Two shifts lie over each other: Monday 06:00 to 14:00 and Monday 13:00 to 15:00.')
  expect(vera.field('day1.1.from')).toBe('13:00')
  await vera.press('Add the template', { ...typed, 'day1.1.from': '', 'day1.1.to': '' })
  expect(vera.words()).toContain('Saved.')
  await vera.press('Give the template')
  expect(vera.words()).toContain('Choose who gets it.')
  await vera.press('Give the template', { who: [desk.staff.nora.id, desk.staff.sam.id], from: shifts.day(0) })
  expect(vera.words()).toContain('Given to 2 people.')
  expect(await shifts.of('sam', 1, 7)).toHaveLength(1)
  await vera.press('Save the template', { 'day1.0.to': '12:00', retired: 'on' })
  const { items } = await desk.as('vera').call(listShiftTemplates)
  expect(items).toMatchObject([
    { name: 'Early', retired: true, people: 2, slots: [{ weekday: 1, from: 360, to: 720 }] },
  ])
  expect((await shifts.of('sam', 1, 7))[0]).toContain('06:00-12:00')
})

test('a day is planned by hand on the page of a person, given back, and is theirs to see', async () => {
  const vera = pageReader(desk, 'vera')
  const plan = `/desk/team/${desk.staff.nora.id}/plan`
  await vera.open(`${plan}?day=${shifts.day(2)}`)
  await vera.press('Save the day', { 'hours.0.from': '09:00', 'hours.0.to': '' })
  expect(vera.words()).toContain('write when the shift begins and when it ends')
  expect(vera.field('hours.0.from')).toBe('09:00')
  await vera.press('Save the day', { 'hours.0.to': '17:00' })
  expect(vera.words()).toContain('This day was planned by hand')
  await vera.open(`/desk/team?from=${shifts.day(2)}`)
  expect(vera.words()).toContain('09:00 to 17:00')
  const nora = pageReader(desk, 'nora')
  await nora.open('/desk/shifts')
  expect(nora.words()).toContain('09:00 to 17:00 Offer')
  await vera.open(`${plan}?day=${shifts.day(2)}`)
  await vera.press('Back to the template')
  expect(await shifts.of('nora', 2)).toEqual([])
})

test('leave is added and taken back on the same page', async () => {
  const vera = pageReader(desk, 'vera')
  await vera.open(`/desk/team/${desk.staff.nora.id}/plan`)
  await vera.press('Add leave', { from: shifts.day(3), to: shifts.day(1), kind: 'holiday' })
  expect(vera.words()).toContain('The last day comes after the first.')
  await vera.press('Add leave', { from: shifts.day(3), to: shifts.day(5), kind: 'ill' })
  expect(vera.words()).toMatch(/to \w{3}, \d+ \w+ \d{4}: ill/)
  const nora = pageReader(desk, 'nora')
  await nora.open('/desk/shifts')
  expect(nora.words()).toContain(': ill')
  await vera.press('Take back')
  expect(vera.words()).not.toMatch(/\d{4}: ill/)
})

test('a shift is offered, agreed on and approved by pages alone', async () => {
  await shifts.plan('nora', 2, '09:00-17:00')
  await shifts.plan('sam', 3, '12:00-20:00')
  const [nora, sam, vera] = (['nora', 'sam', 'vera'] as const).map((name) => pageReader(desk, name))
  await nora?.open('/desk/shifts')
  await nora?.follow('Offer')
  expect(nora?.words()).toContain('To whom')
  await nora?.open(`/desk/shifts/offer?shift=${(await shifts.one('nora', 2)).id}&to=${desk.staff.sam.id}`)
  await nora?.press('Offer it to Sam', { back: (await shifts.one('sam', 3)).id })
  expect(nora?.words()).toContain('Offered.')
  await sam?.open('/desk/shifts')
  expect(sam?.words()).toMatch(/Nora gives 09:00 to 17:00 on .+ to Sam, for 12:00 to 20:00 on/)
  await sam?.press('Agree')
  expect(sam?.words()).toContain('You agreed.')
  await vera?.open('/desk/team')
  await vera?.press('Approve')
  expect(vera?.words()).toContain('Approved: the shifts have changed hands.')
  expect(await shifts.of('nora', 3)).toHaveLength(1)
})

test('a file is looked at on its page before it is saved', async () => {
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk/team/file')
  await vera.press('Look what it changes', { csv: `who,day,from,to\nnora@fern.example,${shifts.day(2)},09:00,25:00` })
  expect(vera.words()).toContain('Line 2: to is no time')
  expect(vera.words()).not.toContain('Save it')
  await vera.press('Look what it changes', { csv: `who,day,from,to\nnora@fern.example,${shifts.day(2)},09:00,17:00` })
  expect(vera.words()).toContain('1 of 1 days would change. Nothing is saved yet.')
  expect(await shifts.of('nora', 2)).toEqual([])
  await vera.press('Save it')
  expect(vera.words()).toContain('Saved: 1 days changed, 0 were so already.')
  expect(await shifts.of('nora', 2)).toEqual([`${shifts.day(2)} 09:00-17:00`])
})

test.each(['0000-01-01', '1899-12-31', '9999-12-31', '2026-02-30'])(
  'a day that no desk has, %s, is refused in words by programs and leads pages to today',
  async (day) => {
    const staffId = desk.staff.nora.id
    const as = desk.as('vera')
    const calls = [
      as.call(listShifts, { query: { from: day, to: day } }),
      as.call(listLeave, { query: { from: day } }),
      as.call(getAdherence, { query: { from: day, to: day } }),
      as.call(getWorkDay, { params: { staffId }, query: { day } }),
      as.call(exportShifts, { query: { from: day, to: day } }),
      as.call(planDay, { params: { staffId, day }, body: { hours: [] } }),
      as.call(planDayByTemplate, { params: { staffId, day } }),
      as.call(addLeave, { body: { staffId, from: day, to: day, kind: 'ill' } }),
      desk.as('ada').call(setStaffStart, { params: { staffId }, body: { startedOn: day } }),
    ]
    for (const refusal of await Promise.all(calls.map(refusalOf))) expect(refusal.code).toBe('invalid_request')
    const vera = visitor(desk, 'vera')
    const paths = ['/desk/team', '/desk/team/adherence', '/desk/shifts', `/desk/team/${staffId}/plan`, '/desk/work']
    for (const path of paths) {
      const { status, text } = await vera.open(`${path}?${new URLSearchParams({ from: day, to: day, day })}`)
      expect([path, status]).toEqual([path, 200])
      expect(text).not.toContain(day)
    }
  },
)

test('a first day is set on the page of the staff', async () => {
  const ada = pageReader(desk, 'ada')
  await ada.open('/settings/staff')
  await ada.press('Save the first day', { startedOn: '2026-02-30' })
  expect(ada.words()).toContain('2026-02-30 is no day.')
  await ada.press('Save the first day', { startedOn: '2027-01-04' })
  expect(ada.words()).toContain('first day 2027-01-04')
})
