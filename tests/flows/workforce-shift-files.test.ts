import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { importShifts, listLeave, previewShiftImport } from '../../shared/shifts.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { everyDay, shiftsAt } from '../support/shift-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let shifts: ReturnType<typeof shiftsAt>
beforeAll(async () => {
  desk = await startDesk()
  shifts = shiftsAt(desk)
})
afterEach(() => shifts.empty())
afterAll(() => desk.stop())

const NORA = 'nora@fern.example'
const SAM = 'sam@fern.example'

/** A file whose days count from today. */
const file = (...lines: [string, number | string, string, string, string?][]) =>
  [
    'who,day,from,to,kind',
    ...lines.map(([who, on, from, to, kind = '']) =>
      [who, typeof on === 'number' ? shifts.day(on) : on, from, to, kind].join(','),
    ),
  ].join('\r\n')

const save = (csv: string) => desk.as('vera').call(importShifts, { body: { csv } })
const look = (csv: string) => desk.as('vera').call(previewShiftImport, { body: { csv } })

const download = async (from: number, to: number): Promise<string> => {
  const answer = await visitor(desk, 'vera').open(
    `/desk/team/file/shifts?from=${shifts.day(from)}&to=${shifts.day(to)}`,
  )
  expect(answer.headers.get('content-type')).toContain('text/csv')
  return answer.text.replace(/^\ufeff/, '')
}

test('a file is looked at first, saved as a whole, and changes nothing when it is saved again', async () => {
  await shifts.plan('nora', 2, '08:00-12:00')
  const csv = file(
    [NORA, 2, '09:00', '13:00'],
    [NORA, 2, '14:00', '18:00', 'shift'],
    [NORA, 3, '22:00', '06:00'],
    [NORA, 5, '', '', 'off'],
    [SAM, 2, '', '', 'holiday'],
    [SAM, 3, '', '', 'holiday'],
  )
  const seen = await look(csv)
  expect(seen).toMatchObject({ saved: false, days: 5, unchanged: 0, problems: [], problemCount: 0 })
  expect(seen.changes[0]).toEqual({
    name: 'Nora',
    day: shifts.day(2),
    before: '08:00 to 12:00',
    after: '09:00 to 13:00, 14:00 to 18:00',
  })
  expect(await shifts.of('nora', 2)).toEqual([`${shifts.day(2)} 08:00-12:00`])
  expect(await save(csv)).toMatchObject({ saved: true, days: 5, unchanged: 0 })
  expect(await shifts.of('nora', 2, 5)).toEqual([
    `${shifts.day(2)} 09:00-13:00`,
    `${shifts.day(2)} 14:00-18:00`,
    `${shifts.day(3)} 22:00-06:00`,
  ])
  const { items } = await desk.as('vera').call(listLeave, { query: { from: shifts.day(0) } })
  expect(items.map(({ staff, from, to, kind }) => [staff.name, from, to, kind])).toEqual([
    ['Sam', shifts.day(2), shifts.day(3), 'holiday'],
  ])
  const rows = () => inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shift.findMany({ orderBy: { id: 'asc' } }))
  const before = await rows()
  expect(await save(csv)).toMatchObject({ saved: true, days: 5, unchanged: 5, changes: [] })
  expect(await rows()).toEqual(before)
})

test('while one line is wrong nothing is saved, and every wrong line is told in words', async () => {
  await shifts.plan('sam', 4, '22:00-06:00')
  await shifts.leave('sam', 8, 8, 'ill')
  const result = await save(
    file(
      [NORA, 2, '09:00', '17:00'],
      ['nobody@fern.example', 2, '09:00', '17:00'],
      ['frank@fern.example', 2, '09:00', '17:00'],
      [NORA, '2026-02-30', '09:00', '17:00'],
      [NORA, 3, '9 o’clock', '17:00'],
      [NORA, 4, '09:00', '17:00', 'party'],
      [NORA, 5, '09:00', '17:00'],
      [NORA, 5, '16:00', '18:00'],
      [SAM, 5, '05:00', '13:00'],
      [NORA, 6, '', '', 'off'],
      [NORA, 6, '09:00', '17:00'],
      [SAM, 8, '09:00', '17:00'],
      [SAM, 8, '09:00', '17:00'],
      [NORA, -400, '09:00', '17:00'],
      [NORA, 9, '09:00', '17:00', 'ill'],
    ),
  )
  expect(result).toMatchObject({ saved: false, problemCount: 12 })
  const whyOf = (line: number) =>
    result.problems
      .filter((problem) => problem.line === line)
      .map(({ why }) => why)
      .join(' ')
  expect(whyOf(3)).toBe('Nobody of the team has the address nobody@fern.example.')
  expect(whyOf(4)).toBe('Frank does not work on tickets, or has left.')
  expect(whyOf(5)).toContain('day is no date')
  expect(whyOf(6)).toContain('from is no time')
  expect(whyOf(7)).toContain('kind is one of shift, off, holiday')
  expect(whyOf(9)).toBe('Nora: Two shifts lie over each other: 09:00 to 17:00 and 16:00 to 18:00. Move one of them.')
  expect(whyOf(10)).toMatch(/^Sam: 05:00 to 13:00 on this day lies over 22:00 to 06:00 on /)
  expect(whyOf(12)).toContain('Line 11 speaks of this day of Nora as well, and off or away is all day.')
  expect(whyOf(13)).toContain('Sam has leave on this day.')
  expect(whyOf(14)).toContain('earlier line')
  expect(whyOf(15)).toContain('62 days back')
  expect(whyOf(16)).toContain('leave from and to empty')
  expect(await shifts.of('nora', 0, 30)).toEqual([])
})

test('what is no file of shifts is told as a whole', async () => {
  const whyOf = async (csv: string) => (await look(csv)).problems.map(({ why }) => why).join(' ')
  expect(await whyOf('name;date\r\nNora;2026-11-23')).toContain('The first line names no column who, day, from, to.')
  expect(await whyOf(file([NORA, 2, '09:00', '"17:00']))).toContain('A quote is opened here')
  expect(await whyOf(`who,day,from,to\n${`${NORA},2026-11-23,09:00,17:00\n`.repeat(5_001)}`)).toContain(
    '5000 lines at most',
  )
})

test('two lines of a file whose shifts overlap over midnight are told, with both', async () => {
  const { problems } = await look(file([NORA, 2, '22:00', '06:00'], [NORA, 3, '05:00', '13:00']))
  expect(problems.map(({ line }) => line)).toEqual([2, 3])
  expect(problems[1]?.why).toMatch(/^Nora: 05:00 to 13:00 on this day lies over 22:00 to 06:00 on /)
})

test('what is written out can be read in again, and changes nothing', async () => {
  const template = await shifts.template('Nights', everyDay('22:00-06:00'))
  await shifts.give(template.id, ['nora'], 1)
  await shifts.plan('sam', 2, '09:00-12:00', '13:00-17:00')
  await shifts.plan('sam', 3)
  await shifts.leave('sam', 4, 6, 'training')
  const csv = await download(1, 7)
  expect(csv.split('\r\n').slice(0, 3)).toEqual([
    'who,day,from,to,kind',
    `${NORA},${shifts.day(1)},22:00,06:00,shift`,
    `${NORA},${shifts.day(2)},22:00,06:00,shift`,
  ])
  expect(csv).toContain(`${SAM},${shifts.day(3)},,,off\r\n${SAM},${shifts.day(4)},,,training`)
  expect(await save(csv)).toMatchObject({ saved: true, days: 12, unchanged: 12 })
})

test('clocks that leap lose no shift on the way out and in again', async () => {
  await shifts.zone('Europe/Berlin')
  const year = Number(shifts.day(0).slice(0, 4))
  const sundays = [2, 9].flatMap((month) =>
    [year, year + 1].map((each) => {
      const last = new Date(Date.UTC(each, month + 1, 0))
      return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10)
    }),
  )
  const leaps = sundays.filter((day) => day > shifts.day(0) && day < shifts.day(360)).toSorted()
  expect(leaps.length).toBeGreaterThan(0)
  for (const day of leaps) {
    const csv = `who,day,from,to\n${NORA},${day},00:30,02:30\n${NORA},${day},02:45,11:00`
    expect(await save(csv)).toMatchObject({ saved: true, unchanged: 0 })
    expect(await save(csv)).toMatchObject({ saved: true, unchanged: 1 })
    const out = (await visitor(desk, 'vera').open(`/desk/team/file/shifts?from=${day}&to=${day}`)).text
    expect(await save(out)).toMatchObject({ saved: true, unchanged: 1 })
  }
})

test('an address that a spreadsheet would take for a formula is text in the file, and is found when it comes back', async () => {
  const email = '=nora@fern.example'
  const where = { workspaceId_id: { workspaceId: desk.workspaceId, id: desk.staff.nora.id } }
  const call = (to: string) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.staff.update({ where, data: { email: to, emailKey: to } }))
  await shifts.plan('nora', 2, '09:00-17:00')
  await call(email)
  try {
    const csv = await download(2, 2)
    expect(csv.split('\r\n')[1]).toBe(`'${email},${shifts.day(2)},09:00,17:00,shift`)
    expect(await save(csv)).toMatchObject({ saved: true, unchanged: 1 })
  } finally {
    await call(NORA)
  }
})
