import { expect, test } from '@jest/globals'
import { dayOf } from '../../workbench/scenarios/busy-day/day.ts'
import { DAY, WORKERS } from '../../workbench/scenarios/busy-day/people.ts'
import { nextMorning } from '../../workbench/start/busy-day/morning.ts'

test('four hundred mails are four hundred different ones, in the order of the day, and the same for the same seed', () => {
  const { arrivals, orders } = dayOf(400, 7)
  expect(arrivals).toHaveLength(400)
  expect(new Set(arrivals.map(({ thing }) => thing.text)).size).toBe(400)
  expect(new Set(arrivals.map(({ thing }) => thing.customer.email)).size).toBeGreaterThan(390)
  expect(arrivals.every(({ minute }, at) => minute >= (arrivals[at - 1]?.minute ?? DAY.from) && minute < DAY.to)).toBe(
    true,
  )
  expect(new Set(arrivals.map(({ thing }) => thing.kind.language))).toEqual(
    new Set(['en', 'de', 'fr', 'es', 'nl', 'it']),
  )
  const texts = arrivals.map(({ thing }) => `${thing.subject} ${thing.text}`).join('\n')
  expect(texts).not.toMatch(/\{\w+\}|undefined/)
  const bought = new Set(orders.map(({ number }) => `FF-${number}`))
  expect(bought.size).toBe(orders.length)
  expect((texts.match(/FF-\d+/g) ?? []).every((number) => bought.has(number))).toBe(true)
  expect(dayOf(400, 7).arrivals.map(({ thing }) => thing.text)).toEqual(arrivals.map(({ thing }) => thing.text))
})

test('a short day still has mails for every reason', () => {
  for (let seed = 1; seed <= 20; seed++)
    expect(new Set(dayOf(40, seed).arrivals.map(({ reason }) => reason)).size).toBe(8)
})

test('seven people work, each within the day', () => {
  expect(WORKERS).toHaveLength(7)
  expect(WORKERS.every(({ from, lunch, to }) => DAY.from <= from && from < lunch && lunch < to && to <= DAY.to)).toBe(
    true,
  )
})

test.each([
  ['a Friday evening', '2026-11-20T19:00:00Z', '2026-11-23T08:00:00Z'],
  ['before the desk opens', '2026-11-24T05:00:00Z', '2026-11-24T08:00:00Z'],
  ['in summer, when London is an hour ahead', '2026-07-01T12:00:00Z', '2026-07-02T07:00:00Z'],
  ['the night in which clocks are turned', '2026-10-24T23:30:00Z', '2026-10-26T08:00:00Z'],
])('the day begins at eight of the next working morning: %s', (_, now, morning) => {
  expect(new Date(nextMorning(Date.parse(now))).toISOString()).toBe(new Date(morning).toISOString())
})
