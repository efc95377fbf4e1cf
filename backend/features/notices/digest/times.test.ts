import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lastDigests } from './times.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago']

/** Minutes since midnight that the clocks show. */
function wall(timeZone: string, at: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const [hours, minutes] = clock.format(at).split(':')
  return Number(hours) * 60 + Number(minutes)
}

const lastOf = (zone: string, now: number, hour: number): number =>
  lastDigests(zone, new Date(now))[hour]?.getTime() ?? Number.NaN

/** Whether the clocks were put forward or back shortly before or after. */
const isOdd = (zone: string, at: number): boolean =>
  (wall(zone, at + 3 * HOUR) - wall(zone, at - 3 * HOUR) + 1_440) % 1_440 !== 360

test('each hour of each day has one digest, also when clocks leave it out or show it twice', () => {
  const minutes = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 })
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), minutes, fc.integer({ min: 0, max: 23 }), (zone, minute, hour) => {
      const now = Date.parse('2026-01-01T00:00Z') + minute * MINUTE
      const last = lastOf(zone, now, hour)
      expect(last).toBeLessThanOrEqual(now)
      expect(lastOf(zone, last, hour)).toBe(last)
      const before = lastOf(zone, last - 1, hour)
      expect(last - before).toBeGreaterThanOrEqual(22 * HOUR)
      expect(last - before).toBeLessThanOrEqual(26 * HOUR)
      expect(lastOf(zone, last + 22 * HOUR, hour)).toBe(last)
      if (!isOdd(zone, last)) expect(wall(zone, last)).toBe(hour * 60)
    }),
  )
})

test('the night in which Berlin puts its clocks forward has its digest of two at three', () => {
  const [, , two] = lastDigests('Europe/Berlin', new Date('2026-03-29T06:00Z'))
  expect(two?.toISOString()).toBe('2026-03-29T01:00:00.000Z')
})

test('before the hour has come it is yesterday’s', () => {
  const eight = lastDigests('Europe/Berlin', new Date('2026-11-22T06:59Z'))[8]
  expect(eight?.toISOString()).toBe('2026-11-21T07:00:00.000Z')
  expect(lastDigests('Europe/Berlin', new Date('2026-11-22T07:00Z'))[8]?.toISOString()).toBe('2026-11-22T07:00:00.000Z')
})
