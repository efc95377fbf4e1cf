import { expect, test } from '@jest/globals'
import { Table } from '../../../workbench/emulators/shopify/store/table.ts'
import { randomFrom, seedOfRun } from '../../support/random.ts'

interface Row {
  id: string
  key: string
  owner: string | null
  words: string[]
}

const newTable = () =>
  new Table<Row>({
    lookups: { owner: (row) => row.owner, word: (row) => row.words },
    orderings: { key: (row) => row.key },
  })

const gid = (n: number) => `gid://shopify/Row/${n}`
const rowOf = (n: number, key: string, owner: string | null = null): Row => ({ id: gid(n), key, owner, words: [] })
const keys = (rows: Iterable<Row>) => [...rows].map(({ id, key }) => `${key}:${id.split('/').at(-1)}`)

test('whatever is written, changed and deleted, a table reads like a sorted list', () => {
  const seed = seedOfRun()
  const random = randomFrom(seed)
  const below = (n: number) => Math.floor(random() * n)
  const table = newTable()
  const model = new Map<string, Row>()
  for (let n = 0; n < 20; n++) model.set(gid(n), rowOf(n, String(n).padStart(3, '0')))
  const made = [...model.values()]
  table.generate({ count: made.length, make: (n) => made[n] as Row, numberOf: (id) => numberIn(id, made.length) })
  for (let step = 0; step < 400; step++) {
    const n = below(40)
    if (random() < 0.3) {
      table.delete(gid(n))
      model.delete(gid(n))
    } else {
      const row = rowOf(n, String(below(30)).padStart(3, '0'), below(2) ? `o${below(3)}` : null)
      table.put(row, step, false)
      model.set(row.id, row)
    }
    const sorted = [...model.values()].sort((a, b) =>
      a.key === b.key ? number(a) - number(b) : a.key < b.key ? -1 : 1,
    )
    const from = String(below(30)).padStart(3, '0')
    const told = `SEED=${seed} step ${step}`
    const middle = sorted[below(sorted.length)]
    const after = middle && { key: middle.key, id: middle.id }
    expect([told, keys(table.ordered('key'))]).toEqual([told, keys(sorted)])
    expect(keys(table.ordered('key', { reverse: true }))).toEqual(keys(sorted.toReversed()))
    expect(keys(table.ordered('key', { from }))).toEqual(keys(sorted.filter(({ key }) => key >= from)))
    if (after) {
      const place = sorted.findIndex(({ id }) => id === after.id)
      expect(keys(table.ordered('key', { after }))).toEqual(keys(sorted.slice(place + 1)))
      expect(keys(table.ordered('key', { after, reverse: true }))).toEqual(keys(sorted.slice(0, place).reverse()))
    }
    expect(table.size).toBe(model.size)
    expect(new Set(keys(table.by('owner', 'o1')))).toEqual(new Set(keys(sorted.filter(({ owner }) => owner === 'o1'))))
  }
})

test('a page of a hundred thousand records that are made when read reads that page alone', () => {
  const table = newTable()
  let made = 0
  const make = (n: number) => {
    made++
    return rowOf(n, String(n).padStart(6, '0'))
  }
  table.generate({ count: 100_000, make, numberOf: (id) => numberIn(id, 100_000) })
  const page: string[] = []
  for (const { key } of table.ordered('key', { from: '050000' })) {
    page.push(key)
    if (page.length === 50) break
  }
  expect([page[0], page.at(-1)]).toEqual(['050000', '050049'])
  expect(made).toBeLessThan(300)
})

test('a record is found by what the search index last saw of it', () => {
  const table = newTable()
  table.put(rowOf(1, 'a'), 1_000, true)
  table.put(rowOf(1, 'b'), 5_000, true)
  const now = table.get(gid(1)) as Row
  expect([0, 999, 1_000, 4_999, 5_000].map((at) => table.knownAt(now, at)?.key)).toEqual([
    undefined,
    undefined,
    'a',
    'a',
    'b',
  ])
})

test('a record is found by each of several values of one look-up', () => {
  const table = newTable()
  table.put({ ...rowOf(1, 'a'), words: ['red', 'small'] }, 0, false)
  expect(keys(table.by('word', 'small'))).toEqual(['a:1'])
  table.put({ ...rowOf(1, 'a'), words: ['red'] }, 0, false)
  expect(keys(table.by('word', 'small'))).toEqual([])
})

const number = ({ id }: Row) => Number(id.split('/').at(-1))

function numberIn(id: string, count: number): number | undefined {
  const n = Number(id.split('/').at(-1))
  return n < count ? n : undefined
}
