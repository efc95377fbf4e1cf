import { mock } from 'node:test'
import { afterEach, expect, test } from '@jest/globals'
import { createMoments } from './moments.ts'

const NOON = Date.parse('2026-03-02T12:00:00Z')

afterEach(() => mock.restoreAll())

/** A machine that goes on only when it is told to. */
function machine() {
  let at = performance.now()
  mock.method(performance, 'now', () => at)
  return (ms: number) => {
    at += ms
  }
}

function given() {
  const set = { now: NOON }
  return { set, moments: createMoments({ now: () => new Date(set.now) }) }
}

test('what was kept is there for a moment, for its own workspace alone', () => {
  const { moments } = given()
  moments.of('one').keep('counts', 7)
  expect(moments.of('one').kept('counts')).toBe(7)
  expect(moments.of('one').kept('names')).toBeUndefined()
  expect(moments.of('other').kept('counts')).toBeUndefined()
})

test('it is gone when its workspace was written in, and what was read before and kept afterwards is never seen', () => {
  const { moments } = given()
  moments.of('other').keep('counts', 3)
  const before = moments.of('one')
  before.keep('counts', 7)
  moments.end('one')
  before.keep('counts', 8)
  expect(moments.of('one').kept('counts')).toBeUndefined()
  expect(moments.of('other').kept('counts')).toBe(3)
})

test.each([
  ['forward', 60_000],
  ['back', -60_000],
])('a clock that is set %s ends it', (_, by) => {
  const { moments, set } = given()
  moments.of('one').keep('counts', 7)
  set.now += by
  expect(moments.of('one').kept('counts')).toBeUndefined()
})

test('a clock that stands still does not keep it: one reads anew, and the others go on with the old meanwhile', () => {
  const pass = machine()
  const { moments } = given()
  moments.of('one').keep('counts', 7)
  pass(1_999)
  expect(moments.of('one').kept('counts')).toBe(7)
  pass(1)
  expect(moments.of('one').kept('counts')).toBeUndefined()
  expect(moments.of('one').kept('counts')).toBe(7)
  moments.of('one').keep('counts', 8)
  expect(moments.of('one').kept('counts')).toBe(8)
})

test('where nobody comes back with something new, everybody reads anew', () => {
  const pass = machine()
  const { moments } = given()
  moments.of('one').keep('counts', 7)
  pass(4_000)
  for (let time = 0; time < 2; time++) expect(moments.of('one').kept('counts')).toBeUndefined()
})
