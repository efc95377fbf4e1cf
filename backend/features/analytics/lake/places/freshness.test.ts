import { expect, test } from '@jest/globals'
import { freshnessOf } from './freshness.ts'
import type { Pulse, Root } from './layout.ts'

const COMMIT = '0190f1c0-0000-7000-8000-000000000001'
const NOON = Date.parse('2026-11-23T12:00:00Z')
const at = (seconds: number) => new Date(NOON + seconds * 1_000)

const root: Root = {
  schema: 1,
  commit: COMMIT,
  asOf: at(0).toISOString(),
  source: { system: '1', timeline: 1, database: '1' },
  snapshot: '10:10:',
  workspaces: {},
}
const pulse: Pulse = {
  at: at(0).toISOString(),
  told: at(0).toISOString(),
  commit: COMMIT,
  state: 'following',
  words: '',
}
const look = (desk: number, machine: number, { told = pulse.told }: { told?: string | undefined } = {}) =>
  freshnessOf({ root, pulse: { ...pulse, told }, now: at(desk), machine: at(machine), everyMs: 2_000 })

test('figures that are followed are fresh however fast the desk’s own clock goes', () => {
  expect(look(400, 2)).toMatchObject({ state: 'fresh', asOf: root.asOf })
  expect(look(86_400, 25)).toMatchObject({ state: 'fresh' })
})

test('figures that nobody follows are told as such half a minute later, also where the desk’s clock stands', () => {
  expect(look(0, 31)).toMatchObject({ state: 'behind', words: expect.stringMatching(/may not be running/) })
})

test('figures that are made anew are told as that for as long as somebody says so', () => {
  const seen = { root, now: at(900), everyMs: 2_000, pulse: { ...pulse, state: 'rebuilding' as const } }
  expect(freshnessOf({ ...seen, machine: at(29) })).toMatchObject({ state: 'rebuilding' })
  expect(freshnessOf({ ...seen, machine: at(31) })).toMatchObject({
    state: 'behind',
    words: expect.stringMatching(/made anew.*may not be running/),
  })
})

test('what a writer of an older version left is judged by the desk’s clock, and so is a lake without its word', () => {
  const old = { ...pulse }
  delete old.told
  const seen = { root, machine: at(0), everyMs: 2_000 }
  expect(freshnessOf({ ...seen, pulse: old, now: at(29) })).toMatchObject({ state: 'fresh' })
  expect(freshnessOf({ ...seen, pulse: old, now: at(31) })).toMatchObject({ state: 'behind' })
  expect(freshnessOf({ ...seen, pulse: null, now: at(31) })).toMatchObject({ state: 'behind' })
})
