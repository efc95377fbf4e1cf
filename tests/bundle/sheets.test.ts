import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { readReports } from '../../shared/analytics.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { problemsByLimits } from './support/limits.ts'
import { agentTable, volumeTable } from './support/reports.ts'
import { besideSheet } from './support/sheet-panel.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
})
afterEach(() => addon.expectSound())
afterAll(() => addon.close())

test('the homepage in Sheets offers reports, periods, filters and the pack in one call of the backend', async () => {
  const sheets = await besideSheet(addon)
  expect(sheets.card().header).toMatchObject({ title: 'Reports', subtitle: expect.stringContaining('Fresh') })
  expect(sheets.values()).toMatchObject({
    report: 'overview',
    period: 'last-28',
    place: 'new',
    rows: '500',
    interval: '',
  })
  for (const words of ['Reason codes', 'Category', 'Delivery', 'Insert the pack'])
    expect(sheets.text()).toContain(words)
  expect(problemsByLimits(sheets.card())).toEqual([])
  expect(sheets.last().calls['UrlFetchApp.fetch']).toBe(1)
})

test('a report comes with its definition, period and freshness, in formats of a spreadsheet, with a chart and a link', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable(), agentTable()] })
  await sheets.press('Insert', { report: 'overview', 'by-category': 'refund', interval: 'day' })
  expect(addon.backend.callsOf(readReports)).toMatchObject([
    {
      body: {
        readings: [
          {
            report: 'overview',
            from: '2026-10-24',
            to: '2026-11-20',
            category: ['refund'],
            interval: 'day',
            rows: 500,
          },
        ],
      },
    },
  ])
  expect(sheets.names()).toEqual(['Sheet1', 'Overview'])
  expect(sheets.shown('Overview', 1, 1, 4, 1).flat()).toEqual([
    'Overview',
    '2026-10-24 to 2026-11-20 · Europe/Berlin',
    'Figures as of 20 Nov 2026, 11:04. Fresh: all that was written until a minute ago.',
    expect.stringMatching(/^Written by Sidedesk 20 Nov 2026, 11:05/),
  ])
  expect(sheets.shown('Overview', 6, 1, 7, 2)).toEqual([
    ['New tickets', 'Open in Sidedesk'],
    ['Tickets that began in the period. (New tickets, version 1)', ''],
    ['In all: 19', ''],
    ['When', 'New tickets'],
    ['2026-11-18', '12'],
    ['2026-11-19', '0'],
    ['2026-11-20', '7'],
  ])
  expect(sheets.cell('Overview', 6, 2)?.link).toBe(
    'https://desk.honeyhill.example/dashboard/shares?metric=new-tickets&from=2026-11-18&to=2026-11-20',
  )
  expect(sheets.cell('Overview', 10, 1)?.value).toBe(46344)
  const { charts, frozenRows } = sheets.sheetCalled('Overview')
  expect(charts).toMatchObject([
    {
      type: 'LINE',
      headers: 1,
      options: { title: 'New tickets' },
      ranges: [{ row: 9, column: 1, rows: 4, columns: 2 }],
    },
    { type: 'BAR', ranges: [{ row: 29, column: 1, rows: 4, columns: 2 }] },
  ])
  expect(frozenRows).toBe(2)
  expect(sheets.card().header?.title).toBe('Written')
  expect(sheets.notification()).toBe('Written')
})

const drilled = () =>
  volumeTable({ rowLinks: ['/dashboard/shares?from=2026-11-18&to=2026-11-18', null, 'https://desk.example/x'] })

test('each row with something behind it has its own link, in the same block; a chart and an empty row know nothing of it', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [drilled()] })
  await sheets.press('Insert')
  expect(sheets.shown('Overview', 9, 1, 4, 3)).toEqual([
    ['When', 'New tickets', 'Made of'],
    ['2026-11-18', '12', 'Show'],
    ['2026-11-19', '0', ''],
    ['2026-11-20', '7', 'Show'],
  ])
  expect(sheets.cell('Overview', 10, 3)?.link).toMatch(/^https:\/\/[^/]+\/dashboard\/shares\?from=2026-11-18/)
  expect(sheets.cell('Overview', 12, 3)?.link).toBe('https://desk.example/x')
  expect(sheets.sheetCalled('Overview').charts).toMatchObject([
    { ranges: [{ row: 9, column: 1, rows: 4, columns: 2 }] },
  ])
  expect(sheets.last().calls['Range.setValues']).toBe(2)
})

test('whoever wants no link at each row has none, also after a refresh, and neither has what was written before there were any', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [drilled()] })
  await sheets.press('Insert', { links: 'no' })
  const before = sheets.book.marks.find(({ key }) => key === 'sidedesk.report')
  expect(before?.value).toContain('"links":false')
  if (before) before.value = before.value?.replace(',"links":false', '') ?? null
  await sheets.panel.openHomepage()
  await sheets.press('Refresh all')
  expect(sheets.shown('Overview', 9, 1, 2, 3)).toEqual([
    ['When', 'New tickets', ''],
    ['2026-11-18', '12', ''],
  ])
})

test('a day that is not whole leans and is told above its table, and stands upright once it is', async () => {
  const words = 'Not whole: 20 Nov 2026, because it is not over.'
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable({ partial: [2], partialWords: words })] })
  await sheets.press('Insert')
  const leaning = () =>
    [10, 11, 12].map((row) => [1, 2].map((column) => sheets.cell('Overview', row, column)?.style?.italic))
  expect(sheets.shown('Overview', 8, 1, 1, 1)).toEqual([[`In all: 19 · ${words} In italics.`]])
  expect(leaning()).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ])
  sheets.change(() => [volumeTable({ partial: [] })])
  await sheets.panel.openHomepage()
  await sheets.press('Refresh all')
  expect(sheets.shown('Overview', 8, 1, 1, 1)).toEqual([['In all: 19']])
  expect(leaning().flat()).not.toContain(true)
})

test('text that a spreadsheet would take for a formula, a day or a number stays text', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [agentTable()] })
  await sheets.press('Insert')
  expect(sheets.shown('Overview', 9, 1, 4, 3)).toEqual([
    ['Agent', 'First response', 'Of'],
    ['Nora Lind', '6:00:00', '40'],
    ['=HYPERLINK("https://evil.example","Omar")', '36:00:00', '7'],
    ['-2+3', '', '0'],
  ])
  const written = sheets.sheetCalled('Overview').rows.flatMap((row) => row.flatMap((cell) => cell.formula ?? []))
  expect(written).toEqual([
    '=HYPERLINK("https://desk.honeyhill.example/dashboard/shares?metric=""first""";"Open in Sidedesk")',
  ])
})

test('each table is one block, and the whole report one call of the backend', async () => {
  const sheets = await besideSheet(addon, {
    tablesOf: () => [volumeTable(), agentTable(), volumeTable({ id: 'again' })],
  })
  await sheets.press('Insert')
  const { calls } = sheets.last()
  expect(calls['UrlFetchApp.fetch']).toBe(1)
  expect(calls['Range.setValues']).toBe(4)
  expect(calls['Sheet.insertChart']).toBe(3)
  expect(calls['Range.setValue']).toBeUndefined()
})

test('a heat map is coloured cell by cell in one block, and a chart of two currencies is not drawn', async () => {
  const days = ['Hour', 'Monday', 'Tuesday'].map((name, at) => ({
    name,
    kind: at === 0 ? ('text' as const) : ('number' as const),
  }))
  const heat = volumeTable({
    id: 'when',
    chart: 'heat',
    columns: days,
    rows: [
      ['09:00', 10, 0],
      ['10:00', 5, null],
    ],
  })
  const money = volumeTable({
    id: 'money',
    chart: 'line',
    columns: [
      { name: 'When', kind: 'date' },
      { name: 'Currency', kind: 'text' },
      { name: 'Compensation', kind: 'money' },
    ],
    rows: [
      ['2026-11-19', 'EUR', 12.5],
      ['2026-11-19', 'GBP', 1234],
    ],
  })
  const sheets = await besideSheet(addon, { tablesOf: () => [heat, money] })
  await sheets.press('Insert')
  const colour = (row: number, column: number) => sheets.cell('Overview', row, column)?.style?.background
  expect([colour(10, 2), colour(10, 3), colour(11, 2), colour(11, 3)]).toEqual([
    '#4285f4',
    '#ffffff',
    '#a1c2fa',
    '#ffffff',
  ])
  expect(sheets.sheetCalled('Overview').charts).toEqual([])
  expect(sheets.shown('Overview', 17, 1, 2, 3)).toEqual([
    ['2026-11-19', 'EUR', '12.50'],
    ['2026-11-19', 'GBP', '1,234.00'],
  ])
})
