import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readReport } from '../../shared/analytics.ts'
import { forecastVolume, readStaffing, writeStaffingSettings } from '../../shared/insight.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { refusalOf } from '../support/caller.ts'
import { startFigureDesk } from '../support/figure-desk.ts'
import { WEEK, writeYear } from '../support/made-up-year.ts'
import { pageReader } from '../support/page-reader.ts'
import { shiftsAt } from '../support/shift-desk.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
})
afterAll(() => desk.stop())

const forecast = () => desk.as('vera').call(forecastVolume, {})
const staffing = () => desk.as('vera').call(readStaffing, {})
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const period = () => ({ from: shiftsAt(desk).day(-30), to: shiftsAt(desk).day(0) })

test('while there is no lake nothing is expected, and it says why', async () => {
  expect(await forecast()).toMatchObject({ by: 'none', days: [], hours: [], freshness: { state: 'missing' } })
})

test('less than four weeks are not enough data, on every page and in the report', async () => {
  await writeYear(desk, 27)
  const words = 'Not enough data: 27 whole days are known since the first ticket, and a forecast needs 28.'
  expect(await forecast()).toMatchObject({ by: 'none', words: [words], days: [], tried: null })
  expect(await staffing()).toMatchObject({ words: [words], hours: [] })
  const report = await desk.as('vera').call(readReport, { params: { report: 'forecast' }, query: period() as never })
  for (const table of report.tables.slice(0, 2)) expect(table).toMatchObject({ rows: [], note: words })
  for (const path of ['/reports/forecast', '/reports/staffing']) {
    expect([path, (await vera.open(path)).status]).toEqual([path, 200])
    expect(vera.words()).toContain(words)
  }
})

test('six weeks are expected of a year, nearer to what came than last week was', async () => {
  await writeYear(desk, 365)
  const told = await forecast()
  expect(told.by).toBe('model')
  expect(told.tried?.days).toBe(84)
  expect(told.tried?.error).toBeLessThan(told.tried?.naiveError ?? 0)
  expect(told.past).toHaveLength(56)
  expect(told.days).toHaveLength(42)
  expect(told.days[0]?.day).toBe(shiftsAt(desk).day(0))
  for (const { day, expected, lower, upper } of told.days) {
    expect(Math.abs(expected - (WEEK[weekdayOf(day)] ?? 0))).toBeLessThan(4)
    expect(lower).toBeLessThanOrEqual(expected)
    expect(upper).toBeGreaterThanOrEqual(expected)
  }
  expect(told.words.join(' ')).toContain('The season of the year counts from two years on')
})

test('the hours of a day add up to it, with nothing where nothing ever came', async () => {
  const { days, hours } = await forecast()
  expect(hours).toHaveLength(42 * 24)
  for (const { day, expected } of days) {
    const own = hours.filter(({ at }) => at.startsWith(day))
    expect(own.reduce((sum, hour) => sum + hour.expected, 0)).toBeCloseTo(expected, 0)
    expect(own.filter((hour) => hour.expected > 0).map(({ at }) => at.slice(11, 13))).toEqual(['09', '11', '14'])
  }
})

test('the report has the numbers of the API, and the page those of the report', async () => {
  const told = await forecast()
  const report = await desk.as('vera').call(readReport, { params: { report: 'forecast' }, query: period() as never })
  const [days, hours, tried] = report.tables
  expect(report.period).toMatchObject({ from: told.days[0]?.day, to: told.days.at(-1)?.day })
  expect(days?.rows.slice(56)).toEqual(
    told.days.map(({ day, expected, lower, upper, special }) => [day, null, expected, lower, upper, special]),
  )
  expect(days?.rows.slice(0, 56).map(([day, came]) => [day, came])).toEqual(
    told.past.map(({ day, came }) => [day, came]),
  )
  expect(hours).toMatchObject({
    allRows: 42 * 24,
    note: 'The first 500 of 1,008 rows are shown; a file has all of them.',
  })
  expect(tried?.rows).toEqual([
    ['Model', told.tried?.error, 'Yes'],
    ['Last week again', told.tried?.naiveError, 'No'],
  ])
  await vera.open('/reports/forecast')
  expect(vera.words()).toContain(told.words[0])
  expect(vera.page().text).toContain('Four days of five')
  expect(vera.page().text).not.toContain('aria-label="Period"') // it is of the coming six weeks, whatever is chosen
  expect(vera.page().text).not.toContain('NaN')
})

test('where last week again is nearer, that is what is told, and it says so', async () => {
  await writeYear(desk, 120, { rough: false })
  const told = await forecast()
  expect(told.tried).toMatchObject({ naiveError: 0 })
  expect(told.by).toBe('naive')
  expect(told.words[0]).toContain('Last week again')
  expect(told.days.map(({ day, expected }) => [day, expected])).toEqual(
    told.days.map(({ day }) => [day, WEEK[weekdayOf(day)]]),
  )
})

const hoursOfDesk = async (specialDays: { from: string; to: string; name: string; intervals: [] }[]) => {
  const before = await desk.as('ada').call(getSlaRules)
  const week = Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 16 * 60 }])
  await desk.as('ada').call(writeSlaRules, { body: { ...before, hours: { timeZone: 'UTC', week, specialDays } } })
}

test('special days of the business hours are named, and expected as quiet as the last one was', async () => {
  const { day } = shiftsAt(desk)
  await writeYear(desk, 120, { quiet: day(-20) })
  const closed = (on: number, name: string) => ({ from: day(on), to: day(on), name, intervals: [] as [] })
  const usual = (await forecast()).days[10]
  await hoursOfDesk([closed(-20, 'Feast'), closed(10, 'Bank holiday')])
  const told = await forecast()
  expect(usual?.special).toBeNull()
  expect(told.past.find((one) => one.day === day(-20))).toMatchObject({ special: 'Feast', came: 1 })
  expect(told.days[10]).toMatchObject({ day: day(10), special: 'Bank holiday' })
  expect(told.days[10]?.expected).toBeLessThan((usual?.expected ?? 0) / 2)
})

test('needed people are counted by hand: what comes, how long it takes, and what is left of a shift', async () => {
  await writeYear(desk, 120, { rough: false })
  await hoursOfDesk([])
  const settings = { share: 0.8, withinMinutes: 5, shrinkage: 0.2 }
  await desk.as('vera').call(writeStaffingSettings, { body: settings })
  const shifts = shiftsAt(desk)
  await shifts.plan('nora', 1, '09:00-10:30')
  const told = await staffing()
  expect(told.settings).toEqual(settings)
  expect(told.handle).toMatchObject({ seconds: 540 })
  expect(told.handle?.words).toContain('One ticket takes 9 minutes')
  const hour = (time: string) => told.hours.find(({ at }) => at.startsWith(`${shifts.day(1)}T${time}`))
  expect(told.hours.filter(({ at }) => at.startsWith(shifts.day(1))).map(({ at }) => at.slice(11, 13))).toEqual(
    ['08', '09', '10', '11', '12', '13', '14', '15'], // the desk is open from eight to four
  )
  expect(hour('08')).toMatchObject({ tickets: 0, needed: 0, planned: 0, state: 'fits' })
  const nine = hour('09')
  const weekday = WEEK[weekdayOf(shifts.day(1))] ?? 0
  expect(nine?.tickets).toBeCloseTo(Math.ceil(weekday / 3), 5)
  expect(nine).toMatchObject({ needed: neededByHand(Math.ceil(weekday / 3)), planned: 1 })
  expect(hour('10')).toMatchObject({ needed: 0, planned: 0.5, state: 'fits' })
  expect(hour('11')).toMatchObject({ planned: 0, state: 'short' })
  await vera.open('/reports/staffing')
  expect(vera.words()).toContain('Work begins on 80 of 100 new tickets within 5 minutes')
  expect(vera.words()).toContain('short')
  expect(vera.page().text).not.toContain('NaN')
  expect((await vera.open('/reports/staffing?week=5')).status).toBe(200)
  expect((await vera.open('/reports/staffing?week=nonsense')).status).toBe(200)
})

/** Erlang C by its textbook sum, 540 s each, 80 % within 300 s, nobody busier than nine minutes of ten, four fifths of a shift. */
function neededByHand(tickets: number): number {
  const load = (tickets * 540) / 3_600
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const waits = (people: number) => {
    const last = (load ** people / factorial(people)) * (people / (people - load))
    const sum = Array.from({ length: people }, (_, n) => load ** n / factorial(n)).reduce((all, one) => all + one, 0)
    return last / (sum + last)
  }
  let people = Math.ceil(load / 0.9)
  while (people <= load || 1 - waits(people) * Math.exp((-(people - load) * 300) / 540) < 0.8) people++
  return Math.ceil(people / 0.8)
}

test('a target is set on a page, with what it was before in the record, and nonsense is refused in words', async () => {
  await vera.open('/settings/staffing')
  await vera.press('Save', { share: '90', within: '30', shrinkage: '25' })
  await vera.open('/settings/staffing')
  expect([vera.field('share'), vera.field('within'), vera.field('shrinkage')]).toEqual(['90', '30', '25'])
  const ada = pageReader(desk, 'ada')
  await ada.open('/settings/changes')
  expect(ada.words()).toContain('Needed people')
  expect(ada.words()).toMatch(/0\.8.*0\.9|0\.9.*0\.8/)
  await vera.press('Save', { share: '100', within: '30', shrinkage: '25' })
  expect(vera.words()).toContain('Tickets of a hundred: write a whole number, 50 to 99.')
  const body = { share: 0.9, withinMinutes: 0, shrinkage: 0.2 }
  expect(await refusalOf(desk.as('vera').call(writeStaffingSettings, { body }))).toMatchObject({ status: 400 })
})
