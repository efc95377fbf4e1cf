import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { listReports, readReports } from '../../shared/analytics.ts'
import { showQueue } from '../../shared/queues.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { problemsByLimits } from './support/limits.ts'
import { queueCard } from './support/queue-cards.ts'
import { agentTable, PACK, volumeTable } from './support/reports.ts'
import { besideSheet } from './support/sheet-panel.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
})
afterEach(() => {
  expect(addon.backend.broken).toEqual([])
  expect(addon.failures).toEqual([])
  addon.backend.heard.length = 0
})
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

test('at the selected cell a report covers nothing that is there', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable()] })
  sheets.sheetCalled('Sheet1').rows[11] = [{ value: '' }, { value: '' }, { value: 'mine' }]
  sheets.select('Sheet1', 3, 2)
  await sheets.press('Insert', { place: 'here' })
  expect(sheets.card().header?.title).toBe('Nothing written')
  expect(sheets.text()).toContain('Cell C12 holds something')
  expect(sheets.book.marks).toEqual([])
  await sheets.press('Back to reports')
  sheets.select('Sheet1', 14, 2)
  await sheets.press('Insert', { place: 'here' })
  expect(sheets.names()).toEqual(['Sheet1'])
  expect(sheets.shown('Sheet1', 14, 2, 1, 1)).toEqual([['Overview']])
  expect(sheets.shown('Sheet1', 23, 2, 1, 2)).toEqual([['2026-11-18', '12']])
})

test('a large report is announced with its size before anything is written, and written on a second press', async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => [`Customer ${n}`, n, n / 7])
  const columns = [
    { name: 'Customer', kind: 'text' as const },
    { name: 'Compensation', kind: 'money' as const },
    { name: 'Share', kind: 'share' as const },
  ]
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable({ chart: 'none', columns, rows })] })
  await sheets.press('Insert', { rows: '20000' })
  expect(sheets.card().header?.title).toBe('This is a lot')
  expect(sheets.text()).toContain('30,016 cells, and the longest table has 10,000 rows')
  expect(sheets.text()).toContain('Nothing has been written yet.')
  expect(sheets.names()).toEqual(['Sheet1'])
  expect(sheets.book.marks).toEqual([])
  await sheets.press('Write it')
  expect(sheets.shown('Overview', 10_009, 1, 1, 2)).toEqual([['Customer 9999', '9,999.00']])
  const { calls, chargedMs, milliseconds } = sheets.last()
  expect(calls['Range.setValues']).toBe(2)
  expect(chargedMs).toBeLessThan(6_000)
  process.stdout.write(`10,000 rows: ${milliseconds} ms here, about ${chargedMs} ms at Google\n`)
  expect(sheets.depth()).toBe(2)
})

test.each([
  ['cells', 160_000, 10, 'Choose fewer rows, a shorter period or a filter.'],
  ['grid', 100, 384_000, 'this spreadsheet has room for 16,000'],
])('what does not fit is refused before anything is written: %s', async (_what, rows, maxRows, words) => {
  const table = volumeTable({ chart: 'none', rows: Array.from({ length: rows }, () => ['2026-11-18', 1]) })
  const sheets = await besideSheet(addon, { tablesOf: () => [table] })
  sheets.sheetCalled('Sheet1').maxRows = maxRows
  await sheets.press('Insert', { rows: '20000' })
  expect(sheets.card().header?.title).toBe('Nothing written')
  expect(sheets.text()).toContain(words)
  expect(sheets.names()).toEqual(['Sheet1'])
})

test('the supervisor pack is six sheets in one press and one call of the backend, far below the 30 s', async () => {
  const sheets = await besideSheet(addon, {
    tablesOf: () => Array.from({ length: 9 }, (_, n) => volumeTable({ id: `t${n}` })),
  })
  await sheets.press('Insert the pack', { period: 'last-month' })
  expect(sheets.names()).toEqual(['Sheet1', 'Overview', 'SLA', 'Agents', 'Reason codes', 'Compensation', 'Forecast'])
  const { calls, chargedMs } = sheets.last()
  expect(calls['UrlFetchApp.fetch']).toBe(1)
  expect(calls['Range.setValues']).toBe(6 * 10)
  expect(calls['Sheet.insertChart']).toBe(6 * 9)
  expect(chargedMs).toBeLessThan(15_000)
  process.stdout.write(
    `the pack: ${Object.values(calls).reduce((sum, count) => sum + count, 0)} calls, about ${chargedMs} ms at Google\n`,
  )
  const [asked] = addon.backend.callsOf(readReports)
  expect(asked?.body).toMatchObject({
    readings: PACK.map((report) => ({ report, from: '2026-10-01', to: '2026-10-31' })),
  })
  expect(problemsByLimits(sheets.card())).toEqual([])
})

test('a report of the pack that cannot be read says why, and the others are written', async () => {
  const sheets = await besideSheet(addon, {
    tablesOf: (id) => (id === 'forecast' ? 'There is no report «forecast».' : [volumeTable()]),
  })
  await sheets.press('Insert the pack')
  expect(sheets.names()).toHaveLength(6)
  expect(sheets.text()).toContain('There is no report «forecast».')
})

test('a spreadsheet that one may only read gets a card that explains, and keeps what it had', async () => {
  const sheets = await besideSheet(addon, { editors: ['owner@honeyhill.example'], tablesOf: () => [volumeTable()] })
  await sheets.press('Insert')
  expect(sheets.card().header?.title).toBe('You may only look here')
  for (const words of ['protected cell', 'Ask its owner for the right to edit', 'Make a copy', 'Nothing was written'])
    expect(sheets.text()).toContain(words)
  expect(sheets.names()).toEqual(['Sheet1'])
  sheets.book.editors = null
  await sheets.press('Retry')
  expect(sheets.names()).toEqual(['Sheet1', 'Overview'])
})

test('a sheet that is deleted while it is written stops the report in words, and the list says so', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable(), agentTable()] })
  const { do: act } = addon.spreadsheets
  addon.spreadsheets.do = (asked, person) => {
    const sheetId = sheets.book.sheets[1]?.id ?? 0
    if (asked.act === 'insertChart') act({ book: sheets.book.id, act: 'deleteSheet', input: { sheetId } }, person)
    return act(asked, person)
  }
  try {
    await sheets.press('Insert')
  } finally {
    addon.spreadsheets.do = act
  }
  expect(sheets.card().header?.title).toBe('Not written to its end')
  expect(sheets.text()).toContain('Perhaps its sheet was deleted meanwhile')
  await sheets.panel.openHomepage()
  await sheets.press('Overview')
  expect(sheets.text()).toContain('It was not written to its end.')
  expect(sheets.isDisabled('Refresh')).toBe(true)
  await sheets.press('Forget')
  expect(sheets.book.marks).toEqual([])
})

test.each([
  [{ period: 'own' }, 'Choose the first and the last day.'],
  [{ period: 'own', from: { day: '2026-11-20' }, to: { day: '2026-11-01' } }, 'The last day is before the first.'],
])('a period that makes no sense is said at once and asks nobody', async (form, words) => {
  const sheets = await besideSheet(addon)
  await sheets.press('Insert', form)
  expect(sheets.notification()).toBe(words)
  expect(addon.backend.heard).toEqual([])
})

test('at a cell it counts by how much the sheet would become larger', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable()] })
  const sheet = sheets.sheetCalled('Sheet1')
  sheet.maxRows = 380_000
  sheets.select('Sheet1', 1, 20)
  await sheets.press('Insert', { place: 'here' })
  expect(sheets.text()).toContain('These need 1,140,000 cells of the grid, and this spreadsheet has room for 120,000')
  expect([sheet.maxColumns, sheets.book.marks]).toEqual([26, []])
})

test('a backend that is down leaves the spreadsheet as it is, and Retry takes every choice along', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable()] })
  addon.backend.setDown(true)
  await sheets.press('Insert', { report: 'agents', period: 'last-7', 'by-category': 'refund' })
  addon.backend.setDown(false)
  expect(sheets.card().header?.title).toBe('Sidedesk does not answer')
  expect(sheets.text()).toContain('What is in the spreadsheet stays as it is.')
  expect(sheets.book.marks).toEqual([])
  await sheets.press('Retry')
  expect(addon.backend.callsOf(readReports)).toMatchObject([
    { body: { readings: [{ report: 'agents', from: '2026-11-14', category: ['refund'] }] } },
  ])
  expect(sheets.names()).toEqual(['Sheet1', 'Agents'])
})

test('who may not see figures is told so, and has the queue', async () => {
  const sheets = await besideSheet(addon)
  addon.backend.refuse(listReports, 'forbidden', 'Your role, agent, may not do this.')
  addon.backend.on(showQueue, () => queueCard())
  await sheets.panel.openHomepage()
  expect(sheets.text()).toContain('Your role, agent, may not do this.')
  await sheets.press('Queue')
  expect(sheets.card().header?.title).toBe('Honey Hill')
})

test('beside no spreadsheet nothing can be inserted, and the button says why', async () => {
  addon.backend.on(listReports, () => ({
    items: [],
    freshness: { state: 'missing' as const, asOf: null, words: 'No figures yet.' },
    pack: [],
    filters: [],
  }))
  const panel = addon.panelOf(undefined, { hostApp: 'SHEETS' })
  await panel.panel.openHomepage()
  expect(panel.isDisabled('Insert')).toBe(true)
  expect(panel.text()).toContain('No spreadsheet stands beside this panel.')
})

test('Refresh of the menu shows the reports anew', async () => {
  const sheets = await besideSheet(addon)
  await sheets.panel.universal(0)
  expect(sheets.card().header?.title).toBe('Reports')
  await sheets.panel.universal(1)
})
