import { expect, test } from '@jest/globals'
import { BROKEN_JARS, DAY_MS, daysOf, isWithin } from '../../workbench/scenarios/a-year/calendar.ts'
import { teamAt } from '../../workbench/scenarios/a-year/team.ts'
import { ticketOf, type YearTicket } from '../../workbench/scenarios/a-year/ticket.ts'
import { drawFrom } from '../../workbench/scenarios/busy-day/drawing.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const TODAY = Math.floor(NOW / DAY_MS) * DAY_MS
/** Every minute is open, so that lengths can be read off. */
const open = { after: (from: number, length: number) => from + length }

function year(count: number, seed: number): (YearTicket & { ago: number })[] {
  const draw = drawFrom(seed)
  return daysOf(count, new Date(NOW)).map((ago) => {
    const at = TODAY - ago * DAY_MS + draw.below(86_400) * 1_000
    return { ago, ...ticketOf(draw, open, { at, ago, now: NOW, customers: 500 }) }
  })
}

test('a year has as many tickets as were asked for, more on Mondays than on Sundays, most before Christmas', () => {
  const days = daysOf(20_000, new Date(NOW))
  expect(days).toHaveLength(20_000)
  const on = (weekday: number) => days.filter((ago) => new Date(TODAY - ago * DAY_MS).getUTCDay() === weekday).length
  expect(on(1)).toBeGreaterThan(2 * on(0))
  const of = (date: string) =>
    days.filter((ago) => new Date(TODAY - ago * DAY_MS).toISOString().startsWith(date)).length
  expect(of('2025-12-1')).toBeGreaterThan(of('2026-05-1'))
})

test('the same seed tells the same year', () => {
  expect(year(300, 5)).toEqual(year(300, 5))
  expect(year(300, 5)).not.toEqual(year(300, 6))
})

test('whatever happens comes in the order of time, in whole milliseconds, and never after now', () => {
  for (const { happened } of year(3_000, 11)) {
    const times = happened.map(({ at }) => at)
    expect(times.every(Number.isInteger)).toBe(true)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(Math.max(...times.slice(1), 0)).toBeLessThanOrEqual(NOW)
  }
})

test('moves of a ticket follow each other, and it stands where the last one led', () => {
  for (const { happened, status, isSpam } of year(3_000, 12)) {
    let at = 'new'
    for (const one of happened) {
      if (one.what !== 'moved') continue
      expect(one.from).toBe(at)
      at = one.to
    }
    expect(status).toBe(at)
    if (isSpam) expect(happened).toHaveLength(1)
  }
})

test('in the week of the broken jars that is what people write about', () => {
  const tickets = year(20_000, 13)
  const shareOf = (some: typeof tickets) => some.filter(({ kind }) => kind === 'broken').length / some.length
  const then = tickets.filter(({ ago }) => isWithin(ago, BROKEN_JARS))
  expect(shareOf(then)).toBeGreaterThan(2.5 * shareOf(tickets.filter(({ ago }) => !isWithin(ago, BROKEN_JARS))))
})

test('people come and go in a year', () => {
  const names = (ago: number) => teamAt(ago).map(({ seed }) => seed.name)
  expect(names(365)).not.toContain('Owen Price')
  expect(names(30)).toContain('Owen Price')
  expect(names(100)).toContain('Leo Fontaine')
  expect(names(30)).not.toContain('Leo Fontaine')
})
