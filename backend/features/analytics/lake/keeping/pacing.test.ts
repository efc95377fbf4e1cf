import { expect, test } from '@jest/globals'
import type pg from 'pg'
import { createPace } from './pacing.ts'

/** A database that did so many transactions, on a clock that goes on by what is waited for. */
function world() {
  let [at, done, waited] = [5_000, 1_000_000, 0]
  const client = { query: async () => ({ rows: [{ done }] }) } as unknown as pg.ClientBase
  const pace = createPace({
    now: () => at,
    wait: async (ms) => {
      at += ms
      waited += ms
    },
  })
  return {
    pace,
    /** Seconds go by, in which the database does so many transactions a second. */
    async pass(seconds: number, perSecond: number) {
      at += seconds * 1_000
      done += seconds * perSecond
      await pace.look(client)
    },
    /** How long it waits after so much work. */
    async rest(workedMs: number, times: number) {
      waited = 0
      await pace.rest(workedMs, times)
      return waited
    },
    async take(megabytes: number) {
      waited = 0
      for (let n = 0; n < megabytes * 10; n++) await pace.took(100_000)
      return waited / 1_000
    },
  }
}

test('rows are taken as fast as they come from a desk that rests', async () => {
  const { pace, pass, take } = world()
  await pass(0, 0)
  expect(await take(100)).toBe(0) // nothing is known yet
  await pass(2, 5)
  expect(pace.isDeskAtWork()).toBe(false)
  expect(await take(100)).toBe(0)
})

test('from a desk that works 16 megabytes are taken in a second, a little at a time, until it rests again', async () => {
  const { pace, pass, take } = world()
  await pass(0, 0)
  await pass(2, 100)
  expect(pace.isDeskAtWork()).toBe(true)
  await pass(0.2, 0) // PostgreSQL has not told yet what was done in so short a time
  expect(pace.isDeskAtWork()).toBe(true)
  expect(await take(32)).toBeCloseTo(2)
  await pass(2, 1) // as it looks between two tellings
  expect(pace.isDeskAtWork()).toBe(true)
  await pass(4, 1)
  expect(await take(32)).toBe(0)
})

test('a piece of work is followed by a rest of so many times its length beside a desk at work alone, and never by a long one', async () => {
  const { pace, pass, rest } = world()
  await pass(0, 0)
  expect(await rest(8, 3)).toBe(0)
  await pass(2, 100)
  expect(pace.isDeskAtWork()).toBe(true)
  expect(await rest(8, 3)).toBe(24)
  expect(await rest(3_000, 3)).toBe(250)
})

test('time in which nothing was taken is not made up for', async () => {
  const { pass, take } = world()
  await pass(0, 0)
  await pass(2, 100)
  await take(16)
  await pass(10, 100)
  expect(await take(16)).toBeCloseTo(1)
})
