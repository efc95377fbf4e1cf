import { expect, test } from '@jest/globals'
import { frameOf, joined, placesOf, tsvectorOf } from '../../workbench/start/a-year/lexemes.ts'
import { pour } from '../../workbench/start/a-year/pouring.ts'
import { createDatabase, ownerOf } from '../support/database.ts'

const COLUMNS = {
  id: 'uuid',
  said: 'text',
  at: 'timestamptz',
  day: 'date',
  small: 'smallint',
  number: 'integer',
  large: 'bigint',
  known: 'boolean',
  sealed: 'bytea',
  words: 'tsvector',
  payload: 'jsonb',
  tags: 'text[]',
}
const ID = '019afd52-3d54-7351-95ed-35fd325518b2'
const WORDS = placesOf([
  { words: ['jar', 'zeal', 'jar'], weight: 3 },
  { words: ['broken'], weight: 0 },
])

test('a row is read as it was poured, whatever its columns hold, and however long', async () => {
  const long = 'Größer als eine Seite: 罐子碎了. '.repeat(9_000)
  const rows = [
    [
      ID,
      'a jar',
      new Date('2026-03-29T01:30:00.123Z'),
      '2026-02-28',
      -3,
      -70_000,
      7_700_000_123_456,
      true,
      Buffer.from([0, 255, 9]),
      tsvectorOf(WORDS),
      '{"a":[1,null,"ü"]}',
      ['x', 'ü "y"'],
    ],
    [
      ID,
      '',
      new Date('1970-01-01T00:00:00.000Z'),
      '1969-12-31',
      0,
      0,
      0,
      false,
      Buffer.alloc(0),
      tsvectorOf(new Map()),
      '[]',
      [],
    ],
    [
      ID,
      long,
      new Date('9999-12-31T00:00:00.000Z'),
      '9999-12-31',
      32_767,
      2_147_483_647,
      2 ** 52,
      true,
      Buffer.alloc(200_000, 7),
      tsvectorOf(WORDS),
      JSON.stringify(long),
      [long],
    ],
    [ID, ...Array.from({ length: 11 }, () => null)],
  ] as const
  const database = await createDatabase()
  const owner = await ownerOf(database)
  try {
    const columns = Object.keys(COLUMNS)
    await owner.query(
      `create table desk.poured (n int generated always as identity, ${Object.entries(COLUMNS)
        .map((c) => c.join(' '))
        .join(', ')})`,
    )
    const pouring = await pour(database.ownerUrl, { name: 'desk.poured', columns })
    for (const row of rows) pouring.row(...row)
    await pouring.end()
    const { rows: read } = await owner.query<Record<string, unknown>>(
      `select *, day::text as day, large::text as large, words::text as words from desk.poured order by n`,
    )
    const expected = rows.map(([id, said, at, day, small, number, large, known, sealed, words, payload, tags], n) => ({
      n: n + 1,
      id,
      said,
      at,
      day,
      small,
      number,
      large: large === null ? null : String(large),
      known,
      sealed,
      words: words === null ? null : n === 1 ? '' : "'broken':4 'jar':1A,3A 'zeal':2A",
      payload: payload === null ? null : JSON.parse(payload),
      tags,
    }))
    expect(read).toEqual(expected)
  } finally {
    await owner.end()
    await database.drop()
  }
})

test('words of a mail put together from what many say and who says it are those that the database sorts itself', async () => {
  const frame = frameOf(placesOf([{ words: ['where', 'is', 'my', 'parcel'], weight: 3 }]))
  const own = placesOf([{ words: ['alice', 'zadie', 'alice', 'nobody'], weight: 2 }], 4)
  const database = await createDatabase()
  const owner = await ownerOf(database)
  try {
    await owner.query('create table desk.poured (words tsvector)')
    const pouring = await pour(database.ownerUrl, { name: 'desk.poured', columns: ['words'] })
    pouring.row(joined(frame, own))
    await pouring.end()
    const { rows } = await owner.query(`select words = $1::tsvector as same, words::text as words from desk.poured`, [
      'alice:5B,7B is:2A my:3A nobody:8B parcel:4A where:1A zadie:6B',
    ])
    expect(rows).toEqual([
      { same: true, words: "'alice':5B,7B 'is':2A 'my':3A 'nobody':8B 'parcel':4A 'where':1A 'zadie':6B" },
    ])
    expect(joined(frame, placesOf([{ words: ['parcel'], weight: 2 }]))).toBeNull()
  } finally {
    await owner.end()
    await database.drop()
  }
})

test('a row with a value too many or too few is refused', async () => {
  const database = await createDatabase()
  try {
    const pouring = await pour(database.ownerUrl, { name: 'desk.ticket_tag', columns: ['workspace_id', 'tag'] })
    expect(() => pouring.row(ID)).toThrow('A row of 1 for 2 columns')
    await pouring.end()
  } finally {
    await database.drop()
  }
})

test('a table that is begun anew with its rows has them all, also when some were there before', async () => {
  const database = await createDatabase()
  const owner = await ownerOf(database)
  try {
    await owner.query('create table desk.poured (id uuid, number int)')
    const rows = async () => (await owner.query('select id, number from desk.poured order by number')).rows
    for (const number of [1, 2]) {
      const table = { name: 'desk.poured', columns: ['id', 'number'] }
      const pouring = await pour(database.ownerUrl, table, { begun: true })
      pouring.row(ID, number)
      await pouring.end()
    }
    expect(await rows()).toEqual([
      { id: ID, number: 1 },
      { id: ID, number: 2 },
    ])
  } finally {
    await owner.end()
    await database.drop()
  }
})
