import { expect, test } from '@jest/globals'
import type { ReportTable } from '../../../shared/analytics.ts'
import { chartOf } from './drawn.ts'

type Kind = ReportTable['columns'][number]['kind']

const table = (
  chart: ReportTable['chart'],
  columns: readonly (readonly [string, Kind])[],
  rows: ReportTable['rows'],
): ReportTable => ({
  id: 't',
  title: 'T',
  sentence: '',
  chart,
  columns: columns.map(([name, kind]) => ({ name, kind })),
  rows,
  allRows: rows.length,
  totals: [],
  note: null,
  link: '/',
})

const WHEN = ['When', 'date'] as const

test('figures side by side are one range with their days, its header included', () => {
  const stacked = table('stack', [WHEN, ['Refund', 'number'], ['Delivery', 'number']], [['2026-11-01', 1, 2]])
  expect(chartOf(stacked, 10, 3)).toEqual({
    type: 'COLUMN',
    stacked: true,
    title: 'T',
    ranges: [{ row: 13, column: 3, rows: 2, columns: 3 }],
  })
})

test('of how many a figure is made is not drawn, and a column of one currency is passed over', () => {
  const of = table('line', [WHEN, ['Share', 'share'], ['Of', 'number']], [['2026-11-01', 0.5, 9]])
  expect(chartOf(of, 1, 1)?.ranges).toEqual([{ row: 4, column: 1, rows: 2, columns: 2 }])
  const money = table('line', [WHEN, ['Currency', 'text'], ['Value', 'money']], [['2026-11-01', 'EUR', 5]])
  expect(chartOf(money, 1, 1)?.ranges).toEqual([
    { row: 4, column: 1, rows: 2, columns: 1 },
    { row: 4, column: 3, rows: 2, columns: 1 },
  ])
})

test('bars end with the twelfth, lines with the last', () => {
  const rows = Array.from({ length: 40 }, (_, n) => [`Agent ${n}`, n])
  expect(
    chartOf(
      table(
        'bar',
        [
          ['Agent', 'text'],
          ['Solved', 'number'],
        ],
        rows,
      ),
      1,
      1,
    )?.ranges[0]?.rows,
  ).toBe(13)
  expect(chartOf(table('line', [WHEN, ['Solved', 'number']], rows), 1, 1)?.ranges[0]?.rows).toBe(41)
})

test('words beside figures of one kind are no reason against a chart', () => {
  const columns: [string, 'text' | 'number'][] = [
    ['Forecast', 'text'],
    ['Off by', 'number'],
    ['Shown above', 'text'],
  ]
  const rows = [
    ['Model', 2, 'Yes'],
    ['Last week again', 3, 'No'],
  ]
  expect(chartOf(table('bar', columns, rows), 1, 1)?.ranges).toEqual([{ row: 4, column: 1, rows: 3, columns: 2 }])
})

test.each([
  ['no picture', table('none', [WHEN, ['N', 'number']], [['2026-11-01', 1]])],
  ['squares', table('heat', [WHEN, ['N', 'number']], [['2026-11-01', 1]])],
  ['no rows', table('line', [WHEN, ['N', 'number']], [])],
  [
    'no figures',
    table(
      'bar',
      [
        ['Agent', 'text'],
        ['Name', 'text'],
      ],
      [['a', 'b']],
    ),
  ],
  [
    'two currencies',
    table(
      'bar',
      [
        ['Reason', 'text'],
        ['Currency', 'text'],
        ['N', 'money'],
      ],
      [
        ['a', 'EUR', 1],
        ['a', 'GBP', 1],
      ],
    ),
  ],
])('there is no chart of a table with %s', (_what, made) => {
  expect(chartOf(made, 1, 1)).toBeNull()
})
