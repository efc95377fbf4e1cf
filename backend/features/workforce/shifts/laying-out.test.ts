import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { daysOf, laterBy } from './days.ts'
import { layOut, wallClock } from './laying-out.ts'

const MINUTE = 60_000
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kolkata',
  'UTC',
  'Africa/Casablanca',
]

const walls = new Map<string, Intl.DateTimeFormat>()

/** What clocks show at an instant, in minutes since 1970 as if they were UTC. */
function wallOf(zone: string, at: number): number {
  const format =
    walls.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  walls.set(zone, format)
  return Date.parse(`${format.format(at).replace(' ', 'T')}:00Z`) / MINUTE
}

/** Slow and plain: looks at clocks minute by minute. A time that they show is the first such minute; one that they leave out is as much later. */
function lookedUp(zone: string, day: string, minutes: number): number {
  const wanted = Date.parse(`${day}T00:00Z`) / MINUTE + minutes
  const begin = (wanted - 15 * 60) * MINUTE
  for (let at = begin; at < begin + 30 * 60 * MINUTE; at += MINUTE) {
    const shown = wallOf(zone, at)
    if (shown === wanted) return at
    const before = wallOf(zone, at - MINUTE)
    if (before < wanted && wanted < shown) return at + (wanted - before - 1) * MINUTE
  }
  throw new Error(`Clocks of ${zone} never show ${day} and ${minutes} minutes`)
}

/** Days on which clocks of these zones are put forward or back, and others. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-06-15',
  '2026-12-31',
]

const hour = fc
  .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_440 }))
  .map(([from, length]) => ({ from, to: from + length }))

test('a time of the clock is the instant at which clocks show it, also where they leap', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.constantFrom(...DAYS),
      fc.integer({ min: -1, max: 1 }),
      fc.integer({ min: 0, max: 2_879 }),
      (zone, near, shift, minutes) => {
        const day = laterBy(near, shift)
        expect([zone, day, minutes, wallClock(zone)(day, minutes).getTime()]).toEqual([
          zone,
          day,
          minutes,
          lookedUp(zone, day, minutes),
        ])
      },
    ),
    { numRuns: 150 },
  )
})

test('shifts that are laid out are in order, over no other, never empty, and begin and end as their hours say', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.constantFrom(...DAYS),
      fc.array(fc.array(hour, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
      (zone, middle, hours) => {
        const clock = wallClock(zone)
        const days = daysOf(laterBy(middle, -1), laterBy(middle, 1)).map((day, n) => ({ day, hours: hours[n] ?? [] }))
        const laid = layOut(clock, days)
        for (const [n, { day, startsAt, endsAt }] of laid.entries()) {
          expect(endsAt.getTime()).toBeGreaterThan(startsAt.getTime())
          expect(startsAt.getTime()).toBeGreaterThanOrEqual(laid[n - 1]?.endsAt.getTime() ?? 0)
          const ends = days.find((each) => each.day === day)?.hours.map(({ to }) => clock(day, to).getTime())
          expect(ends).toContain(endsAt.getTime())
        }
        const minutesIn = (at: number) =>
          days.some(({ day, hours: all }) =>
            all.some(({ from, to }) => clock(day, from).getTime() <= at && at < clock(day, to).getTime()),
          )
        for (
          let at = clock(days[0]?.day ?? '', 0).getTime();
          at < clock(laterBy(middle, 3), 0).getTime();
          at += 30 * MINUTE
        )
          expect(laid.some(({ startsAt, endsAt }) => startsAt.getTime() <= at && at < endsAt.getTime())).toBe(
            minutesIn(at),
          )
      },
    ),
    { numRuns: 100 },
  )
})

const told = (zone: string, day: string, ...hours: [number, number][]) =>
  layOut(wallClock(zone), [{ day, hours: hours.map(([from, to]) => ({ from, to })) }]).map(
    ({ startsAt, endsAt }) => `${startsAt.toISOString().slice(5, 16)} ${endsAt.toISOString().slice(5, 16)}`,
  )

test('a night shift has an hour less when clocks are put forward, and one more when they are put back', () => {
  expect(told('Europe/Berlin', '2026-03-28', [22 * 60, 30 * 60])).toEqual(['03-28T21:00 03-29T04:00'])
  expect(told('Europe/Berlin', '2026-10-24', [22 * 60, 30 * 60])).toEqual(['10-24T20:00 10-25T05:00'])
})

test('a begin that clocks leave out is as much later; one that they show twice is the first', () => {
  expect(told('Europe/Berlin', '2026-03-29', [150, 600])).toEqual(['03-29T01:30 03-29T08:00'])
  expect(told('Europe/Berlin', '2026-10-25', [150, 600])).toEqual(['10-25T00:30 10-25T09:00'])
})

test('hours of which nothing is left on such a day are none, and hours that were apart stay so', () => {
  expect(told('Europe/Berlin', '2026-03-29', [150, 180])).toEqual([])
  expect(told('Europe/Berlin', '2026-03-29', [60, 150], [180, 300])).toEqual([
    '03-29T00:00 03-29T01:30',
    '03-29T01:30 03-29T03:00',
  ])
})
