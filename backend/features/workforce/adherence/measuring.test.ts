import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { daysOf, laterBy } from '../shifts/days.ts'
import { layOut, wallClock } from '../shifts/laying-out.ts'
import { adherenceOf, type Open, type Planned, type Rules, type Taken } from './measuring.ts'

const MINUTE = 60_000

type World = { planned: Planned[]; sessions: Open[]; breaks: Taken[]; rules: Rules }

/** Slow and plain: asks of every minute what it was. All times lie on whole minutes. */
function minuteByMinute({ planned, sessions, breaks, rules: { now, days } }: World) {
  const isIn = (at: number, { from, to }: Open) => from <= at && at < (to ?? Number.POSITIVE_INFINITY)
  const isThere = (at: number) => at < now && sessions.some((one) => isIn(at, one))
  const breakAt = (at: number) => breaks.find((one) => isIn(at, one))
  return days.map(({ day, from, to }) => {
    const count = {
      day,
      planned: 0,
      due: 0,
      worked: 0,
      onBreak: 0,
      overBreak: 0,
      late: 0,
      early: 0,
      away: 0,
      absent: 0,
      outside: 0,
    }
    for (const shift of planned.filter((each) => each.day === day)) {
      const minutes = Array.from({ length: (shift.to - shift.from) / MINUTE }, (_, n) => shift.from + n * MINUTE)
      const there = minutes.filter(isThere)
      for (const at of minutes) {
        count.planned++
        if (at >= now) continue
        count.due++
        if (isThere(at)) {
          const taken = breakAt(at)
          if (!taken) count.worked++
          else if (at - taken.from < taken.allowedMs) count.onBreak++
          else count.overBreak++
        } else if (there.length === 0) count[shift.to <= now ? 'absent' : 'late']++
        else if (at < (there[0] ?? 0)) count.late++
        else if (at > (there.at(-1) ?? 0)) count.early++
        else count.away++
      }
    }
    for (let at = from; at < to; at += MINUTE)
      if (isThere(at) && !breakAt(at) && !planned.some((shift) => isIn(at, shift))) count.outside++
    return count
  })
}

/** Stretches in order that never overlap, of gaps and lengths in minutes. */
const laidOut = (begin: number, lengths: readonly [number, number][]) => {
  let at = begin
  return lengths.map(([gap, length]) => {
    const from = at + gap * MINUTE
    at = from + length * MINUTE
    return { from, to: at }
  })
}

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']
const MIDDLES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01', '2026-07-01']

/** Three days around a day on which clocks may leap: shifts, also over midnight, log-ins that know nothing of them, and breaks inside. */
const world = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    middle: fc.constantFrom(...MIDDLES),
    hours: fc.array(fc.array(fc.tuple(fc.nat(1_439), fc.integer({ min: 1, max: 1_000 })), { maxLength: 2 }), {
      minLength: 4,
      maxLength: 4,
    }),
    work: fc.array(fc.tuple(fc.nat(700), fc.integer({ min: 1, max: 900 })), { maxLength: 6 }),
    breaks: fc.array(
      fc.record({ at: fc.nat(300), length: fc.integer({ min: 1, max: 90 }), allowed: fc.integer({ min: 1, max: 60 }) }),
      { maxLength: 12 },
    ),
    now: fc.nat(6_000),
    goesOn: fc.boolean(),
  })
  .map(({ zone, middle, hours, work, breaks, now, goesOn }): World => {
    const clock = wallClock(zone)
    const all = daysOf(laterBy(middle, -2), laterBy(middle, 1)).map((day, n) => ({
      day,
      hours: (hours[n] ?? []).map(([from, length]) => ({ from, to: from + length })),
    }))
    const planned = layOut(clock, all).map(({ day, startsAt, endsAt }) => ({
      day,
      from: startsAt.getTime(),
      to: endsAt.getTime(),
    }))
    const days = daysOf(laterBy(middle, -1), laterBy(middle, 1)).map((day) => ({
      day,
      from: clock(day, 0).getTime(),
      to: clock(laterBy(day, 1), 0).getTime(),
    }))
    const begin = (days[0]?.from ?? 0) - 600 * MINUTE
    const end = begin + now * MINUTE
    const sessions = laidOut(begin, work).filter(({ from }) => from <= end)
    const inside: Taken[] = []
    for (const { from, to } of sessions) {
      let at = from
      for (const { at: gap, length, allowed } of breaks) {
        const start = at + gap * MINUTE
        at = start + length * MINUTE
        if (at <= Math.min(to, end)) inside.push({ from: start, to: at, allowedMs: allowed * MINUTE })
        else break
      }
    }
    const last = sessions.at(-1)
    const open: Open[] = sessions.map((one) =>
      one === last && goesOn ? { from: one.from, to: null } : { from: one.from, to: Math.min(one.to, end) },
    )
    return { planned, sessions: open, breaks: inside, rules: { now: end, days } }
  })

const rounded = <T extends Record<string, number | string>>(all: T): T =>
  Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ]),
  ) as T

test('whatever was planned and done, every minute is counted as what it was', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { planned, sessions, breaks, rules } = given
      expect(adherenceOf(planned, sessions, breaks, rules).map(rounded)).toEqual(minuteByMinute(given))
    }),
    { numRuns: 120 },
  )
})

test('what of a plan has passed is told apart without a rest', () => {
  fc.assert(
    fc.property(world, ({ planned, sessions, breaks, rules }) => {
      for (const { due, worked, onBreak, overBreak, late, early, away, absent } of adherenceOf(
        planned,
        sessions,
        breaks,
        rules,
      ))
        expect(worked + onBreak + overBreak + late + early + away + absent).toBeCloseTo(due, 6)
    }),
  )
})

const at = (time: string) => Date.parse(`2026-11-23T${time}:00Z`)
const DAY = { day: '2026-11-23', from: at('00:00'), to: at('00:00') + 1_440 * MINUTE }
const on = (now: string, sessions: [string, string | null][], breaks: [string, string | null, number][] = []) =>
  adherenceOf(
    [{ day: DAY.day, from: at('09:00'), to: at('17:00') }],
    sessions.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) })),
    breaks.map(([from, to, allowed]) => ({
      from: at(from),
      to: to === null ? null : at(to),
      allowedMs: allowed * MINUTE,
    })),
    { now: at(now), days: [DAY] },
  )[0]

test('a day of somebody who came late, had too long a lunch, and left early', () => {
  expect(on('20:00', [['09:10', '16:30']], [['12:00', '12:45', 30]])).toEqual({
    day: '2026-11-23',
    planned: 480,
    due: 480,
    worked: 395,
    onBreak: 30,
    overBreak: 15,
    late: 10,
    early: 30,
    away: 0,
    absent: 0,
    outside: 0,
  })
})

test('who is not there yet is late while the shift goes on, and was absent when it is over', () => {
  expect(on('09:30', [])).toMatchObject({ planned: 480, due: 30, late: 30, absent: 0 })
  expect(on('17:00', [])).toMatchObject({ due: 480, late: 0, absent: 480 })
})

test('before a shift begins nothing of it is due', () => {
  expect(on('08:59', [['08:30', null]])).toMatchObject({ planned: 480, due: 0, worked: 0, outside: 29 })
})

test('a break that goes on counts until now, and the part that is too long as such', () => {
  expect(on('12:40', [['09:00', null]], [['12:00', null, 30]])).toMatchObject({
    due: 220,
    worked: 180,
    onBreak: 30,
    overBreak: 10,
  })
})
