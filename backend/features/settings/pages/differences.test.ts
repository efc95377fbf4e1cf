import { expect, test } from '@jest/globals'
import { differences } from './differences.ts'

const ID = '31891f8a-1757-4614-8e17-2009c0ef954a'
const OTHER = 'a796b54a-7644-4135-9bf0-780b935b8817'
const names = new Map([[OTHER, 'Sam Okafor']])

const lines = (before: unknown, after: unknown) =>
  differences(before, after, names).map(({ what, was, is }) => `${what}: ${was} > ${is}`)

const policy = (id: string, name: string, first: number) => ({
  id,
  name,
  targets: { low: { first, next: null } },
  onBreach: { reassignTo: null as string | null },
})

test('a policy that was put above another is the only one that changed', () => {
  const old = policy('default', 'Default', 480)
  expect(lines({ policies: [old] }, { policies: [policy(ID, 'Wholesale', 60), old] })).toEqual([
    'policies, Wholesale: nothing > name Wholesale; targets low first answer 1 h',
  ])
})

test('what a person cannot read is said in their words: codes, ids, minutes of the day, hundredths', () => {
  const late = (reassignTo: string) => ({ policies: [{ ...policy(ID, 'Late', 60), onBreach: { reassignTo } }] })
  expect(lines(late('nobody'), late(OTHER))).toEqual(['policies, Late, when late, reassign to: nobody > Sam Okafor'])
  expect(lines(late('nobody'), late(ID))).toEqual([
    'policies, Late, when late, reassign to: nobody > something that is gone',
  ])
  const week = (from: number) => ({ week: [[{ from, to: 1_080 }], []] })
  expect(lines(week(480), week(570))).toEqual(['week, Monday: 08:00-18:00 > 09:30-18:00'])
  expect(lines({ shopDay: 500_000 }, { shopDay: 1_205 })).toEqual(['shop day: 5000.00 > 12.05'])
  expect(lines({ mode: 'round_robin' }, { mode: 'least_loaded' })).toEqual(['mode: round robin > least loaded'])
  expect(lines({ text: 'Hello {first_name}' }, { text: '' })).toEqual(['text: Hello {first_name} > nothing'])
})

test('things that changed places are told in their old and their new order', () => {
  const [one, two] = [policy(ID, 'One', 1), policy(OTHER, 'Two', 2)]
  expect(lines({ policies: [one, two] }, { policies: [two, one] })).toEqual(['policies, order: One, Two > Two, One'])
})

test('keywords are told by their list, and what was added or taken away as a whole', () => {
  const list = (words: string[]) => [{ kind: 'priority', value: 'urgent', language: 'en', words }]
  expect(lines(list(['fire']), list(['fire', 'leak']))).toEqual(['priority/urgent/en, words: fire > fire, leak'])
  expect(lines(null, { id: ID, key: 'lamps.example' })).toEqual(['key: nothing > lamps.example'])
  expect(lines('fern.example', null)).toEqual([': fern.example > nothing'])
})
