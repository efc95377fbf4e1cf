import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dayIn } from '../../../platform/calendar.ts'
import { daysOf, lastDue } from './due.ts'

const due = (zone: string, now: string, weekday: number | null, hour: number) =>
  lastDue(zone, new Date(now), { weekday, hour }).toISOString()

test('a daily mail is due at its hour by the clocks of the workspace', () => {
  expect(due('Europe/Berlin', '2026-11-22T06:59:59Z', null, 8)).toBe('2026-11-21T07:00:00.000Z')
  expect(due('Europe/Berlin', '2026-11-22T07:00:00Z', null, 8)).toBe('2026-11-22T07:00:00.000Z')
})

test('a weekly mail is due on its day', () => {
  expect(due('UTC', '2026-11-22T12:00:00Z', 1, 8)).toBe('2026-11-16T08:00:00.000Z')
  expect(due('UTC', '2026-11-23T08:00:00Z', 1, 8)).toBe('2026-11-23T08:00:00.000Z')
  expect(due('UTC', '2026-11-22T12:00:00Z', 7, 8)).toBe('2026-11-22T08:00:00.000Z')
})

test('an hour that the clocks leave out comes once, and one that they show twice comes once', () => {
  expect(due('Europe/Berlin', '2026-03-29T12:00:00Z', null, 2)).toBe('2026-03-29T01:00:00.000Z')
  const twice = ['2026-10-25T00:00:00Z', '2026-10-25T00:59:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z']
  expect(new Set(twice.map((now) => due('Europe/Berlin', now, null, 2)))).toEqual(new Set(['2026-10-25T00:00:00.000Z']))
})

test('what is due is never later than now, and a week has one weekly mail', () => {
  const zones = ['UTC', 'Europe/London', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu']
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 23 }),
      (zone, now, weekday, hour) => {
        const at = lastDue(zone, now, { weekday, hour })
        expect(at.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(now.getTime() - at.getTime()).toBeLessThanOrEqual(7 * 86_400_000 + 2 * 3_600_000)
        expect(new Date(`${dayIn(zone, at)}T00:00:00Z`).getUTCDay() || 7).toBe(weekday)
        expect(lastDue(zone, at, { weekday, hour })).toEqual(at)
      },
    ),
  )
})

test('periods are of days that are over', () => {
  expect(daysOf('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' })
  expect(daysOf('last-7-days', '2026-11-22')).toEqual({ from: '2026-11-15', to: '2026-11-21' })
  expect(daysOf('last-28-days', '2026-11-22')).toEqual({ from: '2026-10-25', to: '2026-11-21' })
  expect(daysOf('last-week', '2026-11-22')).toEqual({ from: '2026-11-09', to: '2026-11-15' })
  expect(daysOf('last-week', '2026-11-23')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(daysOf('last-month', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
})
