import { expect, test } from '@jest/globals'
import type { BusinessHours } from '../../../../shared/sla.ts'
import { judge } from './judging.ts'
import type { Mark } from './marks.ts'
import { allTime, openTime } from './measure.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)
const day = (...intervals: [number, number][]) => intervals.map(([from, to]) => ({ from: from * 60, to: to * 60 }))
const hours = (
  timeZone: string,
  week: ReturnType<typeof day>[],
  specialDays: BusinessHours['specialDays'] = [],
): BusinessHours => ({
  timeZone,
  week,
  specialDays,
})
const OFFICE = day([9, 12], [13, 17])
const WEEKDAYS = [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []]

test('only open time counts, over lunch, nights and the weekend', () => {
  const { between, after } = openTime(hours('Europe/Berlin', WEEKDAYS))
  expect(between(at('2026-11-20T11:00Z'), at('2026-11-20T13:00Z'))).toBe(HOUR)
  expect(after(at('2026-11-20T15:00Z'), 2 * HOUR)).toBe(at('2026-11-23T09:00Z')) // Friday 16:00 there, Monday 10:00
  expect(between(at('2026-11-20T16:00Z'), at('2026-11-23T08:00Z'))).toBe(0)
})

test('a holiday is closed, and one day inside a closed week may be open', () => {
  const special = [
    { from: '2026-12-21', to: '2026-12-31', name: 'closed', intervals: [] },
    { from: '2026-12-23', to: '2026-12-23', name: 'open', intervals: day([10, 12]) },
  ]
  const { between } = openTime(hours('UTC', WEEKDAYS, special))
  expect(between(at('2026-12-21T00:00Z'), at('2027-01-01T00:00Z'))).toBe(2 * HOUR)
})

test('an hour that clocks leave out is not worked, and one that they show twice is worked twice', () => {
  const night = day([0, 6])
  const { between } = openTime(
    hours(
      'Europe/Berlin',
      Array.from({ length: 7 }, () => night),
    ),
  )
  expect(between(at('2026-03-28T22:00Z'), at('2026-03-29T12:00Z'))).toBe(5 * HOUR)
  expect(between(at('2026-10-24T22:00Z'), at('2026-10-25T12:00Z'))).toBe(7 * HOUR)
  const { between: twice, after } = openTime(
    hours(
      'Europe/Berlin',
      Array.from({ length: 7 }, () => [{ from: 135, to: 165 }]),
    ),
  )
  expect(twice(at('2026-10-24T22:00Z'), at('2026-10-25T12:00Z'))).toBe(HOUR)
  expect(after(at('2026-10-25T00:00Z'), HOUR)).toBe(at('2026-10-25T01:45Z'))
})

test('hours that never come are never over', () => {
  const { between, after } = openTime(
    hours(
      'UTC',
      Array.from({ length: 7 }, () => []),
    ),
  )
  expect(between(at('2026-01-01T00:00Z'), at('2028-01-01T00:00Z'))).toBe(0)
  expect(after(at('2026-01-01T00:00Z'), 1)).toBeNull()
})

test('a zone that left a day out has no such day', () => {
  const all = Array.from({ length: 7 }, () => day([0, 24]))
  const { between } = openTime(hours('Pacific/Apia', all))
  expect(between(at('2011-12-29T10:00Z'), at('2011-12-31T10:00Z'))).toBe(48 * HOUR)
  const friday = openTime(hours('Pacific/Apia', [[], [], [], [], day([0, 24]), [], []]))
  expect(friday.between(at('2011-12-29T10:00Z'), at('2011-12-31T10:00Z'))).toBe(0)
})

const limits = { first: HOUR, next: 2 * HOUR, resolution: 10 * HOUR }
const terms = { measure: allTime, limits, warnings: { first: 0.75 * HOUR, next: null, resolution: null } }
const clocksAfter = (...marks: Mark[]) => judge(marks, terms).clocks

test('mails that are read in another order than they were written are counted in the order of writing', () => {
  const began: Mark[] = [
    { at: 0, what: 'created', to: 'new' },
    { at: 0, what: 'asked' },
  ]
  const answered: Mark = { at: HOUR / 2, what: 'answered' }
  const asked: Mark = { at: HOUR, what: 'asked' }
  expect(clocksAfter(...began, asked, answered)).toEqual(clocksAfter(...began, answered, asked))
  expect(clocksAfter(...began, asked, answered).map(({ target, since }) => [target, since])).toEqual([
    ['first', 0],
    ['next', HOUR],
    ['resolution', 0],
  ])
})

test('a late answer shows when it was due, and a customer who writes twice waits since the first time', () => {
  const [first] = clocksAfter(
    { at: 0, what: 'asked' },
    { at: HOUR / 2, what: 'asked' },
    { at: 3 * HOUR, what: 'answered' },
  )
  expect(first).toMatchObject({ used: 3 * HOUR, warnAt: 0.75 * HOUR, dueAt: HOUR, endedAt: 3 * HOUR, state: 'stopped' })
})

test('limits that are edited are held against what was used before', () => {
  const marks: Mark[] = [
    { at: 0, what: 'asked' },
    { at: HOUR / 2, what: 'moved', to: 'pending' },
    { at: 5 * HOUR, what: 'moved', to: 'open' },
  ]
  const dueWith = (first: number) => judge(marks, { ...terms, limits: { ...limits, first } }).clocks[0]?.dueAt
  expect(dueWith(HOUR)).toBe(5.5 * HOUR)
  expect(dueWith(2 * HOUR)).toBe(6.5 * HOUR)
  expect(dueWith(HOUR / 4)).toBe(HOUR / 4)
})
