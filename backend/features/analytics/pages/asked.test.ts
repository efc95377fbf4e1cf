import { expect, test } from '@jest/globals'
import { askedIn, strangeFilter } from './asked.ts'
import { addressFor } from './filter-form.ts'

const TODAY = '2026-03-31'
const asked = (query: string) => askedIn(new URLSearchParams(query), TODAY)

test.each([
  ['', '2026-01-01', '2026-03-31', '90d'],
  ['period=today', '2026-03-31', '2026-03-31', 'today'],
  ['period=7d', '2026-03-25', '2026-03-31', '7d'],
  ['period=month', '2026-03-01', '2026-03-31', 'month'],
  ['period=year', '2026-01-01', '2026-03-31', 'year'],
  ['from=2026-02-28&to=2026-03-01', '2026-02-28', '2026-03-01', null],
  ['from=2026-02-28', '2026-02-28', '2026-03-31', null],
  ['period=7d&from=2026-02-01&to=2026-02-02', '2026-02-01', '2026-02-02', null],
  ['from=&to=&period=7d', '2026-03-25', '2026-03-31', '7d'],
])('«%s» asks for %s to %s', (query, from, to, preset) => {
  expect(asked(query)).toMatchObject({ scope: { from, to }, preset, problem: null })
})

test('what an address says wrongly is told, and kept', () => {
  expect(asked('from=yesterday')).toMatchObject({
    scope: { from: 'yesterday' },
    problem: '«yesterday» is no day. One looks like 2026-03-31.',
  })
  expect(asked('from=2026-02-30').problem).toContain('2026-02-30')
  expect(asked('period=toString').problem).toBe('There is no period «toString».')
  expect(asked('interval=minute').problem).toContain('«minute»')
})

test('an address asks for the same again', () => {
  const query = 'zone=Europe%2FBerlin&interval=day&category=order&category=none&tag=a%26b'
  const address = addressFor('/dashboard', asked(`period=28d&${query}`))
  expect(address.startsWith('/dashboard?')).toBe(true)
  expect(asked(address.split('?')[1] ?? '')).toEqual(asked(`period=28d&${query}`))
  const days = asked(`from=2026-01-05&to=2026-01-06&${query}`)
  expect(asked(addressFor('/reports/sla', days).split('?')[1] ?? '')).toEqual(days)
})

test('a filter is strange when nobody could have chosen it; a tag may be of long ago', () => {
  const choices = [
    { dimension: 'category' as const, label: 'Category', choices: [{ value: 'order', label: 'Order' }] },
    { dimension: 'tag' as const, label: 'Tag', choices: [] },
  ]
  expect(strangeFilter(asked('category=order&tag=old').scope, choices)).toBeNull()
  expect(strangeFilter(asked('category=order&category=ufo').scope, choices)).toContain('«ufo»')
})
