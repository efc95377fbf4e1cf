import { expect, test } from '@jest/globals'
import { problemOf } from './checking-times.ts'

const NOW = new Date('2026-11-22T18:00:00Z')
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)
const stretch = (from: string, to: string | null) => ({ startedAt: at(from), endedAt: to === null ? null : at(to) })
const times = (from: string, to: string | null, ...breaks: [string, string | null][]) => ({
  ...stretch(from, to),
  breaks: breaks.map(([start, end]) => stretch(start, end)),
})

test.each([
  ['a day with two breaks', times('09:00', '17:00', ['12:00', '12:30'], ['15:00', '15:10'])],
  ['breaks in any order', times('09:00', '17:00', ['15:00', '15:10'], ['12:00', '12:30'])],
  ['breaks that touch each other and the ends', times('09:00', '17:00', ['09:00', '10:00'], ['10:00', '17:00'])],
  ['work that goes on, with a break that does', times('09:00', null, ['12:00', '12:30'], ['17:50', null])],
  ['a log-in by mistake, of no minute', times('09:00', '09:00')],
])('%s is right', (_, wish) => {
  expect(problemOf(wish, NOW)).toBeNull()
})

test.each([
  ['an end before the begin', times('09:00', '08:59'), 'Work ends after it begins.'],
  ['tonight', times('09:00', '18:01'), 'not over yet'],
  ['a begin in the future', times('18:01', null), 'not over yet'],
  ['a break before the work', times('09:00', '17:00', ['08:50', '09:10']), 'lies inside'],
  ['a break after the work', times('09:00', '17:00', ['16:50', '17:10']), 'lies inside'],
  ['a break that ends before it begins', times('09:00', '17:00', ['12:30', '12:00']), 'A break ends after'],
  ['two breaks over each other', times('09:00', '17:00', ['12:00', '12:30'], ['12:29', '13:00']), 'over each other'],
  ['a break that goes on after the work', times('09:00', '17:00', ['12:00', null]), 'has an end'],
  ['a break that goes on before another', times('09:00', null, ['12:00', null], ['13:00', '13:10']), 'over each other'],
])('%s is refused in words', (_, wish, words) => {
  expect(problemOf(wish, NOW)).toContain(words)
})

test('nobody works for more than a day at once', () => {
  const day = { startedAt: new Date('2026-11-20T17:00:00Z'), endedAt: new Date('2026-11-21T17:00:00Z'), breaks: [] }
  expect(problemOf(day, NOW)).toBeNull()
  expect(problemOf({ ...day, endedAt: new Date('2026-11-21T17:00:00.001Z') }, NOW)).toContain('24 hours')
})
