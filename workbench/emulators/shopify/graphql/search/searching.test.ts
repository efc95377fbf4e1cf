import { describe, expect, test } from '@jest/globals'
import { date, id, number, text, word } from './fields.ts'
import { searchFor } from './searching.ts'

interface Thing {
  gid: string
  email: string
  tags: string[]
  at: string
  count: number
}

const fields = {
  default: text<Thing>((t) => [t.email, ...t.tags]),
  email: text<Thing>((t) => t.email),
  tag: word<Thing>((t) => t.tags),
  updated_at: date<Thing>((t) => t.at),
  count: number<Thing>((t) => t.count),
  id: id<Thing>((t) => t.gid),
}

const ada = thing(1, 'ada@example.com', ['vip', 'Gift Club'], '2026-10-01T10:00:00.500Z', 3)
const adas = thing(2, 'mary.ada@example.com', [], '2026-10-02T00:00:00.000Z', 7)
const bob = thing(3, 'bob@example.org', ['VIP'], '2026-10-03T23:59:59.999Z', 0)

describe('the search language', () => {
  test.each([
    ['', [1, 2, 3]],
    ['email:ada', [1, 2]],
    ['email:"ada@example.com"', [1, 2]],
    ['email:example', [1, 2, 3]],
    ['email:exam', []],
    ['email:exam*', [1, 2, 3]],
    ['ada -mary', [1]],
    ['ada NOT mary', [1]],
    ['bob OR mary', [2, 3]],
    ['email:org OR email:com AND tag:vip', [1, 3]],
    ['(email:org OR email:com) AND NOT (tag:vip)', [2]],
    ['-(mary OR bob)', [1]],
    ['tag:vip', [1, 3]],
    ["tag:'gift club'", [1]],
    ['tag:gift', []],
    ['tag:gift*', [1]],
    ['tag:*', [1, 3]],
    ['count:>3', [2]],
    ['count:>=3 count:<7', [1]],
    ['id:2', [2]],
    ['id:>1', [2, 3]],
    ['id:"gid://shopify/Thing/3"', [3]],
    ['updated_at:2026-10-03', [3]],
    ['updated_at:>2026-10-01', [2, 3]],
    ['updated_at:<=2026-10-01', [1]],
    ["updated_at:>='2026-10-01T10:00:00Z'", [1, 2, 3]],
    ["updated_at:>'2026-10-01T10:00:00Z'", [2, 3]],
    ["updated_at:>='2026-10-02T02:00:00+02:00'", [2, 3]],
    ['tag:VIP, email:bob', [3]],
    [')) ada', [1, 2]],
    ['ada AND', [1, 2]],
    ['email:', []],
  ])('%s', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  test('a field that is not there is left out with a warning, so the answer is wider than what was asked', () => {
    const search = searchFor('colour:red AND tag:vip', fields)
    expect([ada, adas, bob].filter(search.matches)).toEqual([ada, bob])
    expect(search.warnings).toEqual([
      { field: 'colour', message: 'Invalid search field for this query.', code: 'invalid_field' },
    ])
    expect(found('colour:red')).toEqual([1, 2, 3])
    expect(found('NOT colour:red')).toEqual([1, 2, 3])
  })

  test('an instant without quotes falls to pieces at its colons', () => {
    const search = searchFor('updated_at:>=2026-10-02T02:45:22.433Z', fields)
    expect(search.warnings.map(({ field }) => field)).toEqual(['45'])
    expect(searchFor("updated_at:>='2026-10-02T02:45:22.433Z'", fields).warnings).toEqual([])
  })

  test('what every match must have is known, so that an index can be used', () => {
    const search = searchFor("updated_at:>='2026-10-02T00:00:00+00:00' AND tag:vip", fields)
    expect(search.since('updated_at')).toBe('2026-10-02T00:00:00.000Z')
    expect(search.exactly('tag')).toBe('vip')
    expect(searchFor("updated_at:>='2026-10-02T00:00:00Z' OR tag:vip", fields).since('updated_at')).toBeNull()
  })
})

function thing(n: number, email: string, tags: string[], at: string, count: number): Thing {
  return { gid: `gid://shopify/Thing/${n}`, email, tags, at, count }
}

const found = (query: string) =>
  [ada, adas, bob].filter(searchFor(query, fields).matches).map(({ gid }) => Number(gid.split('/').at(-1)))
