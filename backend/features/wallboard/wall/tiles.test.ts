import { expect, test } from '@jest/globals'
import type { Wallboard, WallPerson } from '../../../../shared/wallboard.ts'
import { namelessOf } from './nameless.ts'
import { elsewhereOf, tilesOf } from './tiles.ts'

const AT = '2026-11-22T12:00:00.000Z'
const before = (minutes: number) => new Date(Date.parse(AT) - minutes * 60_000).toISOString()

const person = (name: string, more: Partial<WallPerson> = {}): WallPerson => ({
  staff: { id: crypto.randomUUID(), name },
  since: before(60),
  onBreak: null,
  shift: null,
  adherence: null,
  lateMinutes: 0,
  overBreakMinutes: 0,
  open: 0,
  late: 0,
  dueNext: 0,
  ...more,
})

const lunch = (minutes: number) => ({ kind: 'lunch', label: 'Lunch', since: before(minutes), allowedMinutes: 30 })

const wall = (more: Partial<Wallboard>): Wallboard => ({
  at: AT,
  timeZone: 'UTC',
  people: [],
  open: 0,
  unassigned: 0,
  late: 0,
  dueNext: 0,
  oldestWaiting: null,
  arrivals: 0,
  solved: 0,
  answers: { inTime: 0, late: 0 },
  approvals: 0,
  ...more,
})

const tile = (word: string, more: Partial<Wallboard>) => tilesOf(wall(more)).find((one) => one.word === word)

test('a break is over when a whole minute is over, and no sooner', () => {
  const people = [
    person('a', { onBreak: lunch(30) }),
    person('b', { onBreak: lunch(31) }),
    person('c', { since: null }),
  ]
  expect(tile('At work', { people })).toMatchObject({
    figure: '2',
    more: '2 on a break, 1 over it, 1 missing',
    bad: true,
  })
  expect(tile('At work', { people: people.slice(0, 1) })).toMatchObject({ more: '1 on a break', bad: false })
})

test('the share of answers is never rounded up to all of them', () => {
  expect(tile('Answers in time', { answers: { inTime: 999, late: 1 } })).toMatchObject({
    figure: '99 %',
    more: '999 of 1000 today',
  })
  expect(tile('Answers in time', { answers: { inTime: 3, late: 0 } })).toMatchObject({ figure: '100 %' })
  expect(tile('Answers in time', {})).toEqual({ word: 'Answers in time', figure: 'none yet' })
})

test('who waits longest is told as a length of time', () => {
  expect(tile('Longest wait', { oldestWaiting: before(135) })?.figure).toBe('2 h')
  expect(tile('Longest wait', {})?.figure).toBe('none')
})

test('without names people are numbered by today’s log-ins, who is missing last, and breaks say no kind', () => {
  const people = [
    person('Ada', { since: null, shift: { startsAt: before(30), endsAt: before(-60) } }),
    person('Ben', { since: before(10) }),
    person('Cleo', { since: before(90), onBreak: lunch(5), open: 3 }),
  ]
  const nameless = namelessOf({ people })
  expect(nameless.map(({ number, since }) => [number, since])).toEqual([
    [1, before(90)],
    [2, before(10)],
    [3, null],
  ])
  expect(nameless[0]).toMatchObject({ open: 3, onBreak: { since: before(5), allowedMinutes: 30 } })
  const text = JSON.stringify(nameless)
  for (const secret of ['Ada', 'Ben', 'Cleo', 'unch', ...people.map(({ staff }) => staff.id)])
    expect(text).not.toContain(secret)
})

test('what is nobody’s, or of somebody who is not there, is told beside what those have who are', () => {
  const people = [person('a', { open: 3, late: 1, dueNext: 2 }), person('b', { since: null, open: 2 })]
  expect(elsewhereOf({ people, open: 9, late: 4, dueNext: 5 })).toEqual({ open: 4, late: 3, dueNext: 3 })
  expect(elsewhereOf({ people, open: 5, late: 1, dueNext: 2 })).toEqual({ open: 0, late: 0, dueNext: 0 })
})
