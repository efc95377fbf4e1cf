import { expect, test } from '@jest/globals'
import { readHistory } from './history.ts'

const HEAD = 'issued_on,amount,currency,last4,reason,agent,order,expires_on'
const TODAY = '2026-11-21'
const read = (...lines: string[]) => readHistory([HEAD, ...lines].join('\n'), TODAY)
const whyOf = (line: string) => read(line).refused[0]?.why ?? 'was taken'

test('a line is read with its columns in any order, and other columns are left out', () => {
  const { lines, refused } = readHistory(
    '\uFEFFLAST4;issued_on;mood;Amount;currency;reason\r\nAB2C;2026-03-31;glad;12,50;eur;late\r\n',
    TODAY,
  )
  expect(refused).toEqual([])
  expect(lines).toEqual([
    {
      line: 2,
      issuedOn: '2026-03-31',
      amount: { minor: 1_250, currency: 'EUR' },
      last: 'ab2c',
      reason: 'late',
      agent: '',
      order: '',
      expiresOn: null,
    },
  ])
})

test.each([
  ['12', 'EUR', 1_200],
  ['12.5', 'EUR', 1_250],
  ['12,50', 'EUR', 1_250],
  ['1,234.50', 'EUR', 123_450],
  ['1.234,50', 'EUR', 123_450],
  ['1.234.567,00', 'EUR', 123_456_700],
  ['500', 'JPY', 500],
  ['1.234', 'KWD', 1_234],
])('%s %s is worth %i of the smallest unit', (amount, currency, minor) => {
  expect(read(`2026-03-31,"${amount}",${currency},ab2c,late,,,`).lines[0]?.amount).toEqual({ minor, currency })
})

test.each([
  '-5',
  '0',
  '0.00',
  '1,234',
  '1.234',
  '12.345',
  '1.2.3',
  '1,23,456.00',
  'ten',
  '',
  '£12',
  '1e3',
  '99999999999999',
])('the amount %p is refused, because it is none or could be two', (amount) => {
  expect(whyOf(`2026-03-31,"${amount}",EUR,ab2c,late,,,`)).toMatch(/^amount /)
})

test.each([
  ['2026-02-30,5,EUR,ab2c,late,,,', 'issued_on is no date: write it as 2026-03-31.'],
  ['31.03.2026,5,EUR,ab2c,late,,,', 'issued_on is no date: write it as 2026-03-31.'],
  ['2026-11-22,5,EUR,ab2c,late,,,', 'issued_on is in the future.'],
  ['2026-03-31,5,EUR,ab2c,late,,,2026-03-30', 'expires_on is before issued_on.'],
  ['2026-03-31,5,EUR,ab2c,late,,,never', 'expires_on is no date: write it as 2027-03-31, or leave it empty for never.'],
  ['2026-03-31,5,euro,ab2c,late,,,', 'currency is its code'],
  ['2026-03-31,5,E1,ab2c,late,,,', 'currency is its code of three letters, for example EUR.'],
  ['2026-03-31,5,EUR,123,late,,,', 'last4 must be four letters or digits.'],
  ['2026-03-31,5,EUR,ab2c,,,,', 'reason is empty.'],
  [`2026-03-31,5,EUR,ab2c,late,${'x'.repeat(101)},,`, 'reason, agent and order may have 100 characters.'],
  ['2026-03-31,12,50,EUR,ab2c,late,,,', 'This line has 9 cells and the first line 8.'],
  ['2026-03-31,5,EUR,"ab2c,late,,,', 'A quote is opened here and never closed'],
])('%s is refused with what is wrong', (line, why) => {
  expect(whyOf(line)).toContain(why)
})

test('each bad line is told with its number, and the good ones around it are taken', () => {
  const { lines, refused } = read(
    '2026-03-31,5,EUR,ab2c,late,,,',
    'x,5,EUR,ab2c,late,,,',
    '2026-04-01,6,EUR,ab2d,late,,,',
  )
  expect(lines.map(({ line }) => line)).toEqual([2, 4])
  expect(refused).toEqual([{ line: 3, why: expect.stringContaining('issued_on') }])
})

test('a file without a column that is needed, or with nothing in it, is refused as a whole', () => {
  expect(readHistory('amount,currency\n5,EUR', TODAY).refused).toEqual([
    { line: 1, why: 'The first line names no column issued_on, last4, reason.' },
  ])
  expect(readHistory('', TODAY).refused).toEqual([{ line: 1, why: 'The file is empty.' }])
})
