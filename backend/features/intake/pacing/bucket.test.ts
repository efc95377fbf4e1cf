import { expect, test } from '@jest/globals'
import { type Bucket, drawFrom, fullBucket, type Lane } from './bucket.ts'

const START = new Date('2026-11-23T12:00:00Z')
const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000)
const UNITS = 6_000

/** Calls one after another, a try every tenth of a second each, and says what each lane got in each second. */
function run(seconds: number, callers: { lane: Lane; cost: number; from?: number }[]) {
  let bucket: Bucket = fullBucket(UNITS, START)
  const got = callers.map(() => Array.from({ length: seconds }, () => 0))
  for (let tick = 0; tick < seconds * 10; tick++)
    for (const [index, { lane, cost, from = 0 }] of [...callers.entries()].reverse()) {
      if (tick < from * 10) continue
      for (
        let drawn = drawFrom(bucket, { unitsPerMinute: UNITS, lane, cost, want: cost }, after(tick / 10));
        drawn.kind === 'granted';
      ) {
        bucket = { ...bucket, ...drawn.bucket }
        const row = got[index]
        if (row) row[Math.floor(tick / 10)] = (row[Math.floor(tick / 10)] ?? 0) + drawn.units
        drawn = drawFrom(bucket, { unitsPerMinute: UNITS, lane, cost, want: cost }, after(tick / 10))
      }
    }
  return got
}

test('no minute sees more units than it may, whenever it begins', () => {
  const [used = []] = run(300, [{ lane: 'person', cost: 20 }])
  const minutes = used.map((_, from) => used.slice(from, from + 60).reduce((sum, units) => sum + units, 0))
  expect(Math.max(...minutes)).toBeLessThanOrEqual(UNITS)
  expect(Math.max(...minutes)).toBeGreaterThan(UNITS * 0.9)
})

test('new mail takes what it needs while the past is read, though the past asks first and always', () => {
  const [live = [], past = []] = run(120, [
    { lane: 'live', cost: 20, from: 60 },
    { lane: 'history', cost: 20 },
  ])
  expect(past.slice(30, 60).reduce((sum, units) => sum + units, 0)).toBeGreaterThan(2_000)
  expect(live[60]).toBeGreaterThanOrEqual(600) // the reserve, at once
  expect(past.slice(65).every((units) => units === 0)).toBe(true) // it waits as long as there is new mail
})

test('an answer goes out although new mail and the past have used all they may', () => {
  const [answers = []] = run(90, [
    { lane: 'person', cost: 100, from: 60 },
    { lane: 'live', cost: 20 },
    { lane: 'history', cost: 20 },
  ])
  expect(answers[60]).toBeGreaterThanOrEqual(100)
})

test('a call that costs more than is left is told when to come back, and is served then', () => {
  const empty = { level: 0, at: START, heldUntil: null }
  const asked = { unitsPerMinute: UNITS, lane: 'history', cost: 60, want: 60 } as const
  const refused = drawFrom(empty, asked, START)
  if (refused.kind !== 'wait') throw new Error('It was served')
  expect(drawFrom(empty, asked, after(refused.seconds - 0.1)).kind).toBe('wait')
  expect(drawFrom(empty, asked, after(refused.seconds + 0.001)).kind).toBe('granted')
})

test('under the smallest pace a turn is worth its lists and a mail, or it would come back for its lists for ever', () => {
  const asked = { unitsPerMinute: 600, lane: 'history', cost: 20, want: 20 } as const
  const refused = drawFrom({ level: 0, at: START, heldUntil: null }, asked, START)
  if (refused.kind !== 'wait') throw new Error('It was served')
  const lists = drawFrom(
    { level: 0, at: START, heldUntil: null },
    { ...asked, cost: 25, want: 25 },
    after(refused.seconds),
  )
  if (lists.kind !== 'granted') throw new Error('Its lists were refused')
  expect(drawFrom({ ...lists.bucket, heldUntil: null }, asked, after(refused.seconds)).kind).toBe('granted')
})

test('while Google wants quiet nobody is served, not even an answer', () => {
  const held = { ...fullBucket(UNITS, START), heldUntil: after(30) }
  const asked = { unitsPerMinute: UNITS, lane: 'person', cost: 1, want: 1 } as const
  expect(drawFrom(held, asked, after(10))).toEqual({ kind: 'wait', seconds: 20 })
  expect(drawFrom(held, asked, after(30)).kind).toBe('granted')
})

test('the smallest pace that can be set has room for the dearest call of every lane', () => {
  const full = fullBucket(600, START)
  for (const [lane, cost] of [
    ['person', 100],
    ['live', 20],
    ['labels', 50],
    ['history', 20],
  ] as const)
    expect(drawFrom(full, { unitsPerMinute: 600, lane, cost, want: cost }, START).kind).toBe('granted')
})
