import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readCsv } from './reading.ts'

const cellsOf = (text: string) => readCsv(text).map(({ cells }) => cells)

test('whatever is written by the rules is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r\n', ' ', '0') })
  const record = fc
    .array(cell, { minLength: 2, maxLength: 5 })
    .filter((cells) => cells.some((one) => one.trim() !== ''))
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(record), fc.constantFrom('\n', '\r\n'), fc.boolean(), (records, end, bom) => {
      const rows = [['h', 'e', 'a', 'd', 'er'], ...records]
      const text = rows.map((cells) => cells.map(quoted).join(',')).join(end)
      expect(cellsOf(`${bom ? '\uFEFF' : ''}${text}${end}`)).toEqual(rows)
    }),
  )
})

test('semicolons and tabs part cells where the first line has them, and then a comma is a comma', () => {
  expect(cellsOf('amount;reason\n12,50;late')).toEqual([
    ['amount', 'reason'],
    ['12,50', 'late'],
  ])
  expect(cellsOf('amount\treason\n12,50\tlate')).toEqual([
    ['amount', 'reason'],
    ['12,50', 'late'],
  ])
})

test('a record is counted by the line that it begins on, also behind cells of several lines and empty lines', () => {
  const records = readCsv('a,b\r\n"one\r\ntwo",x\r\n\r\n,\r\nlast,y')
  expect(records.map(({ line, cells }) => [line, cells.at(-1)])).toEqual([
    [1, 'b'],
    [2, 'x'],
    [6, 'y'],
  ])
})

test('a quote in the wrong place spoils its own line only, and one that never closes says so', () => {
  const records = readCsv('a,b\nx"y,1\n"x"y,2\nz,3\n"open,4\nw,5')
  expect(records.map(({ line, fault }) => [line, fault?.slice(0, 17) ?? null])).toEqual([
    [1, null],
    [2, 'A quote stands in'],
    [3, 'Something stands '],
    [4, null],
    [5, 'A quote is opened'],
  ])
})

test('an empty file has no records', () => {
  expect(readCsv('')).toEqual([])
  expect(readCsv('\uFEFF\r\n\r\n')).toEqual([])
})
