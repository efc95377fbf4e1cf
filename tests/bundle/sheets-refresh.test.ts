import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { readReports } from '../../shared/analytics.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { agentTable, volumeTable } from './support/reports.ts'
import { besideSheet, type SheetPanel } from './support/sheet-panel.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
})
afterEach(() => addon.expectSound())
afterAll(() => addon.close())

const two = () => [volumeTable(), agentTable()]
const longer = (count: number) =>
  volumeTable({
    rows: Array.from({ length: count }, (_, n) => [`2026-10-${String((n % 28) + 1).padStart(2, '0')}`, n]),
  })

async function written(tablesOf = two): Promise<SheetPanel> {
  const sheets = await besideSheet(addon, { tablesOf })
  await sheets.press('Insert')
  addon.backend.heard.length = 0
  return sheets
}

/** What a person does in the spreadsheet themselves. */
const byHand = ({ book }: SheetPanel, ...[act, input]: HandAct): void =>
  void addon.spreadsheets.do({ book: book.id, act, input } as never, 'nora@honeyhill.example')
type HandAct =
  | ['renameSheet', { sheetId: number; name: string }]
  | ['moveSheet', { sheetId: number; index: number }]
  | ['deleteSheet', { sheetId: number }]
  | ['insertLines' | 'deleteLines', { sheetId: number; line: 'row' | 'column'; at: number; count: number }]
  | ['insertSheet', { name: string; index: number | null }]

async function refreshAll(sheets: SheetPanel): Promise<void> {
  await sheets.panel.openHomepage()
  await sheets.press('Refresh all')
}

test('refresh all finds its tables in a sheet that was renamed and moved, with rows and columns put in before them', async () => {
  const sheets = await written()
  const { id: sheetId } = sheets.sheetCalled('Overview')
  byHand(sheets, 'renameSheet', { sheetId, name: 'Board, November' })
  byHand(sheets, 'insertSheet', { name: 'Notes', index: null })
  byHand(sheets, 'moveSheet', { sheetId, index: 0 })
  byHand(sheets, 'insertLines', { sheetId, line: 'row', at: 1, count: 3 })
  byHand(sheets, 'insertLines', { sheetId, line: 'column', at: 1, count: 2 })
  sheets.change(() => [volumeTable({ rows: [['2026-11-19', 99]] }), agentTable()])
  addon.backend.heard.length = 0
  await refreshAll(sheets)
  expect(addon.backend.callsOf(readReports)).toHaveLength(1)
  expect(sheets.last().calls['UrlFetchApp.fetch']).toBe(1)
  expect(sheets.names()).toEqual(['Board, November', 'Sheet1', 'Notes'])
  expect(sheets.shown('Board, November', 9, 3, 6, 2)).toEqual([
    ['New tickets', 'Open in Sidedesk'],
    ['Tickets that began in the period. (New tickets, version 1)', ''],
    ['In all: 19', ''],
    ['When', 'New tickets'],
    ['2026-11-19', '99'],
    ['', ''],
  ])
  expect(sheets.text()).toContain('Up to date: Overview.')
  expect(sheets.book.marks.filter(({ key }) => key === 'sidedesk.report')).toHaveLength(1)
})

test('the period goes with the calendar, and filters, stretches and rows are as they were chosen', async () => {
  const sheets = await besideSheet(addon, { tablesOf: two })
  await sheets.press('Insert', { period: 'last-week', 'by-category': 'delivery', interval: 'week', rows: '5000' })
  addon.backend.heard.length = 0
  await refreshAll(sheets)
  expect(addon.backend.callsOf(readReports)).toMatchObject([
    {
      body: {
        readings: [
          {
            report: 'overview',
            from: '2026-11-09',
            to: '2026-11-15',
            category: ['delivery'],
            interval: 'week',
            rows: 5000,
          },
        ],
      },
    },
  ])
})

test('a table that grows pushes down what is below it, the next table and what people wrote, and its chart goes along', async () => {
  const sheets = await written()
  const sheet = sheets.sheetCalled('Overview')
  sheet.rows[59] = [{ value: 'A note of mine' }]
  sheets.change(() => [longer(30), agentTable()])
  await refreshAll(sheets)
  expect(sheets.shown('Overview', 10, 2, 30, 1).flat()).toEqual(Array.from({ length: 30 }, (_, n) => String(n)))
  const title = sheet.rows.findIndex((row) => row?.[0]?.value === 'First response')
  expect(title + 1).toBe(6 + 30 + 4 + 1)
  expect(sheets.shown('Overview', title + 4, 1, 2, 2)).toEqual([
    ['Agent', 'First response'],
    ['Nora Lind', '6:00:00'],
  ])
  expect(sheet.rows.findIndex((row) => row?.[0]?.value === 'A note of mine') + 1).toBe(60 + 15)
  expect(sheet.charts).toMatchObject([
    { ranges: [{ row: 9, rows: 31 }], anchor: { row: 9 } },
    { ranges: [{ row: title + 4, rows: 4 }], anchor: { row: title + 4 } },
  ])
})

test('a table that shrinks leaves nothing old behind', async () => {
  const sheets = await written(() => [longer(12), agentTable()])
  sheets.change(() => [longer(2), agentTable()])
  await refreshAll(sheets)
  expect(sheets.shown('Overview', 10, 1, 12, 2).slice(2)).toEqual(Array.from({ length: 10 }, () => ['', '']))
  expect(sheets.sheetCalled('Overview').charts[0]?.ranges).toMatchObject([{ row: 9, rows: 3 }])
  expect(sheets.shown('Overview', 26, 1, 1, 1)).toEqual([['First response']])
})

test('a table that was empty gets its links with its rows, unless somebody wrote something beside it', async () => {
  const link = '/dashboard/shares?from=2026-11-18&to=2026-11-18'
  const one = () => volumeTable({ rows: [['2026-11-18', 12]], rowLinks: [link] })
  const sheets = await written(() => [volumeTable({ rows: [], rowLinks: [] }), agentTable()])
  sheets.sheetCalled('Overview').rows[9] = [{ value: '' }, { value: '' }, { value: 'mine' }]
  sheets.change(() => [one(), agentTable()])
  await refreshAll(sheets)
  expect(sheets.shown('Overview', 9, 1, 2, 3)).toEqual([
    ['When', 'New tickets', ''],
    ['2026-11-18', '12', 'mine'],
  ])
  sheets.sheetCalled('Overview').rows[9] = [{ value: '' }, { value: '' }, { value: '' }]
  await refreshAll(sheets)
  expect(sheets.shown('Overview', 9, 1, 2, 3)).toEqual([
    ['When', 'New tickets', 'Made of'],
    ['2026-11-18', '12', 'Show'],
  ])
})

test('rows that somebody took out of a table come back without covering the next one', async () => {
  const sheets = await written(() => [longer(20), agentTable()])
  const { id: sheetId } = sheets.sheetCalled('Overview')
  byHand(sheets, 'deleteLines', { sheetId, line: 'row', at: 12, count: 5 })
  await refreshAll(sheets)
  expect(sheets.shown('Overview', 10, 2, 20, 1).flat()).toEqual(Array.from({ length: 20 }, (_, n) => String(n)))
  const next = sheets.sheetCalled('Overview').rows.findIndex((row) => row?.[0]?.value === 'First response') + 1
  expect(next).toBe(31)
  expect(sheets.shown('Overview', next + 4, 1, 1, 1)).toEqual([['Nora Lind']])
})

test('a chart that somebody styled keeps its look, and one that somebody deleted stays deleted', async () => {
  const sheets = await written()
  const sheet = sheets.sheetCalled('Overview')
  const [first] = sheet.charts
  if (!first) throw new Error('No chart')
  first.options['title'] = 'My own title'
  first.anchor = { row: 40, column: 2, x: 0, y: 0 }
  sheet.charts = [first]
  sheets.change(() => [longer(5), agentTable()])
  await refreshAll(sheets)
  expect(sheet.charts).toMatchObject([
    { options: { title: 'My own title' }, anchor: { column: 2 }, ranges: [{ row: 9, rows: 6 }] },
  ])
  expect(sheet.charts).toHaveLength(1)
})

test('a sheet that was deleted is said clearly, with the others refreshed, until it is forgotten', async () => {
  const sheets = await besideSheet(addon, { tablesOf: two })
  await sheets.press('Insert', { report: 'sla' })
  await sheets.press('Back to reports')
  await sheets.press('Insert', { report: 'agents' })
  byHand(sheets, 'deleteSheet', { sheetId: sheets.sheetCalled('SLA').id })
  await refreshAll(sheets)
  expect(sheets.text()).toContain('Up to date: Agents.')
  expect(sheets.text()).toContain(
    'SLA (SLA): It was deleted from this spreadsheet. Forget it here, or insert the report again.',
  )
  await sheets.press('Back to reports')
  await sheets.press('SLA')
  expect(sheets.isDisabled('Refresh')).toBe(true)
  await sheets.press('Forget')
  expect(sheets.card().header?.title).toBe('Reports')
  await refreshAll(sheets)
  expect(sheets.text()).not.toContain('deleted')
  expect(sheets.text()).toContain('Up to date: Agents.')
})

test('a table that was deleted is said once and left out from then on, a new one is offered', async () => {
  const sheets = await written()
  const sheet = sheets.sheetCalled('Overview')
  byHand(sheets, 'deleteLines', { sheetId: sheet.id, line: 'row', at: 6, count: 20 })
  sheets.change(() => [...two(), volumeTable({ id: 'extra', title: 'Something new' })])
  await refreshAll(sheets)
  expect(sheets.text()).toContain('A table of Overview was deleted (New tickets). It is left out from now on.')
  expect(sheets.text()).toContain('Overview has a new table, Something new. Insert the report again to have it.')
  expect(sheets.shown('Overview', 6, 1, 5, 1).at(-1)).toEqual(['Nora Lind'])
  sheets.change(() => two())
  await refreshAll(sheets)
  expect(sheets.text()).not.toContain('was deleted')
})

test('a table that its report has no more stays as it is and is named', async () => {
  const sheets = await written()
  sheets.change(() => [agentTable()])
  await refreshAll(sheets)
  expect(sheets.text()).toContain('Overview has no table new any more. What stands there is old.')
  expect(sheets.shown('Overview', 10, 2, 1, 1)).toEqual([['12']])
})

test('one report is refreshed alone, and shown where it is', async () => {
  const sheets = await besideSheet(addon, { tablesOf: two })
  await sheets.press('Insert', { report: 'sla' })
  await sheets.press('Back to reports')
  await sheets.press('Insert', { report: 'agents' })
  await sheets.press('Back to reports')
  addon.backend.heard.length = 0
  await sheets.press('SLA')
  await sheets.press('Go to it')
  expect(sheets.notification()).toBe('SLA')
  expect(sheets.book.selections.get('nora@honeyhill.example')).toMatchObject({
    sheetId: sheets.sheetCalled('SLA').id,
    row: 1,
  })
  await sheets.press('Refresh')
  expect(addon.backend.callsOf(readReports)).toMatchObject([{ body: { readings: [{ report: 'sla' }] } }])
  expect(sheets.depth()).toBe(2)
})

test('somebody else with the add-on refreshes the same spreadsheet', async () => {
  const sheets = await written()
  sheets.change(() => [volumeTable({ rows: [['2026-11-20', 5]] }), agentTable()])
  const omar = addon.panelOf('omar@honeyhill.example', { hostApp: 'SHEETS', spreadsheet: sheets.book.id })
  await omar.panel.openHomepage()
  await omar.press('Refresh all')
  expect(sheets.shown('Overview', 10, 2, 2, 1)).toEqual([['5'], ['']])
})

test('who may only read the spreadsheet is told so when refreshing, and nothing changes', async () => {
  const sheets = await written()
  sheets.book.editors = ['owner@honeyhill.example']
  sheets.change(() => [volumeTable({ rows: [['2026-11-20', 5]] }), agentTable()])
  await refreshAll(sheets)
  expect(sheets.card().header?.title).toBe('You may only look here')
  expect(sheets.shown('Overview', 10, 2, 1, 1)).toEqual([['12']])
})

test('more rows than one call may ask for are refreshed in several presses, the oldest first', async () => {
  const sheets = await besideSheet(addon, { tablesOf: () => [volumeTable()] })
  for (const report of ['overview', 'sla', 'agents']) {
    await sheets.press('Insert', { report, rows: '20000' })
    await sheets.press('Back to reports')
  }
  await refreshAll(sheets)
  expect(sheets.text()).toContain(
    'Google ends a press after 30 seconds: 1 more were not refreshed. Press again for them.',
  )
  expect(addon.backend.callsOf(readReports).at(-1)?.body).toMatchObject({ readings: [{}, {}] })
})

test('a spreadsheet that remembers as many reports as it can says so before asking for figures', async () => {
  const sheets = await written()
  sheets.book.marks.push({
    id: 1,
    key: 'sidedesk.report',
    value: `1:${JSON.stringify({ id: 'x', name: 'x'.repeat(28_000), period: { preset: 'last-7', from: '', to: '' }, tables: [], sheet: '', at: null })}`,
    visibility: 'PROJECT',
    place: { kind: 'SPREADSHEET' },
  })
  await sheets.press('Back to reports')
  addon.backend.heard.length = 0
  await sheets.press('Insert')
  expect(sheets.text()).toContain('cannot remember more')
  expect(addon.backend.callsOf(readReports)).toEqual([])
})
