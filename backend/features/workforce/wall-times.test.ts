import { expect, test } from '@jest/globals'
import { typedInstant, wallIn } from './wall-times.ts'

const BERLIN = 'Europe/Berlin'
const iso = (typed: string, was: string | null = null) => typedInstant(BERLIN, typed, was)?.toISOString() ?? null

test('what was typed is read by the clocks of the workspace, in summer and winter', () => {
  expect(iso('2026-07-01T09:00')).toBe('2026-07-01T07:00:00.000Z')
  expect(iso('2026-11-22T09:00')).toBe('2026-11-22T08:00:00.000Z')
  expect(iso('2026-11-22T00:00')).toBe('2026-11-21T23:00:00.000Z')
})

test('what nobody touched keeps its seconds', () => {
  const was = '2026-11-22T08:00:41.123Z'
  expect(iso(wallIn(BERLIN, new Date(was)), was)).toBe(was)
  expect(iso('2026-11-22T09:01', was)).toBe('2026-11-22T08:01:00.000Z')
})

test('an hour that clocks show twice is the first, unless it was the second and nobody touched it', () => {
  expect(iso('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
  const second = '2026-10-25T01:30:00.000Z'
  expect(wallIn(BERLIN, new Date(second))).toBe('2026-10-25T02:30')
  expect(iso('2026-10-25T02:30', second)).toBe(second)
})

test('of an hour that clocks show twice it is the second where the first would be too early', () => {
  const after = (begin: string, typed: string) => typedInstant(BERLIN, typed, null, begin)?.toISOString()
  expect(after('2026-10-25T00:45:00.000Z', '2026-10-25T02:15')).toBe('2026-10-25T01:15:00.000Z')
  expect(after('2026-10-25T00:45:00.000Z', '2026-10-25T02:50')).toBe('2026-10-25T00:50:00.000Z')
  expect(after('2026-10-25T00:45:00.000Z', '2026-10-25T01:30')).toBe('2026-10-24T23:30:00.000Z')
  const lordHowe = typedInstant('Australia/Lord_Howe', '2026-04-05T01:40', null, '2026-04-04T14:55:00.000Z')
  expect(lordHowe?.toISOString()).toBe('2026-04-04T15:10:00.000Z')
})

test('an hour that clocks leave out is as much later', () => {
  expect(iso('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
})

test.each([
  '',
  '9:00',
  '2026-11-22',
  '2026-11-22T24:00',
  '2026-13-01T09:00',
  '2026-02-30T09:00',
  '2026-11-22T09:60',
  'soon',
])('«%s» is no time', (typed) => {
  expect(iso(typed)).toBeNull()
})

test('every minute of the days around a change of clocks is written and read back, but the second of two', () => {
  for (const day of ['2026-03-29', '2026-10-25']) {
    const from = Date.parse(`${day}T00:00:00Z`) - 6 * 3_600_000
    for (let minute = 0; minute < 36 * 60; minute++) {
      const at = new Date(from + minute * 60_000)
      const back = typedInstant(BERLIN, wallIn(BERLIN, at), null)
      expect([0, -3_600_000]).toContain((back?.getTime() ?? 0) - at.getTime())
      expect(back && wallIn(BERLIN, back)).toBe(wallIn(BERLIN, at))
    }
  }
})
