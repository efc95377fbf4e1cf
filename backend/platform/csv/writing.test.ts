import { expect, test } from '@jest/globals'
import { csvLine } from './writing.ts'

const cell = (words: string) => csvLine([{ words }]).slice(0, -2)

test('a cell that a spreadsheet would take for a formula is text, whatever it begins with', () => {
  const hostile = [
    '=1+1',
    '+49',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\ufeff=1',
    '\uff1d1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
  ]
  for (const words of hostile) {
    const written = cell(words)
    expect(written.replace(/^"/, '').startsWith(`'${words.charAt(0)}`)).toBe(true)
  }
  expect(cell('=HYPERLINK("http://x.example","Pay")')).toBe(`"'=HYPERLINK(""http://x.example"",""Pay"")"`)
})

test('words that only contain such signs stay as they are', () => {
  for (const words of ['a=b', 'spilled - badly', 'ada@home.example', '#1001', '0042', 'Crème brûlée'])
    expect(cell(words)).toBe(words)
})

test('quotes, commas, semicolons and line breaks are kept within one cell', () => {
  expect(csvLine([{ words: 'a,"b"' }, { words: 'two\r\nlines' }, { words: ' edge ' }, null, { words: 'x;y' }])).toBe(
    '"a,""b""","two\r\nlines"," edge ",,"x;y"\r\n',
  )
})

test('an amount below zero stays a number, and nothing else passes for one', () => {
  expect(csvLine([{ figure: '-12.50' }, { figure: '0' }])).toBe('-12.50,0\r\n')
  for (const figure of ['-1+1', '=1', '1,5', '1e5', '', '--1', '- 1', '1.'])
    expect(() => csvLine([{ figure }])).toThrow(RangeError)
})

test('a code of ours is one line of harmless signs', () => {
  expect(csvLine([{ code: 'gift_card' }, { code: '2026-11-21T10:00:00.000Z' }])).toBe(
    'gift_card,2026-11-21T10:00:00.000Z\r\n',
  )
  for (const code of ['=x', '-x', 'a,b', 'a\nb', '@x', 'a"b']) expect(() => csvLine([{ code }])).toThrow(RangeError)
})
