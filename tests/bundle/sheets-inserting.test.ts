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
afterEach(() => addon.expectSound())
afterAll(() => addon.close())

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
