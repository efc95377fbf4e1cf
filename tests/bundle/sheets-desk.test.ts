import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listReports, type Report, type ReportTable, readReport, readReports } from '../../shared/analytics.ts'
import { type Book, cellAt, type Sheet } from '../../workbench/apps-script/spreadsheet/state/book.ts'
import { refusalOf } from '../support/caller.ts'
import { ticketRow } from '../support/figure-desk.ts'
import { handLake } from '../support/hand-lake.ts'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

/** All is real but Google and the writer of the lake: bundle, runtime, spreadsheet, backend and figures. */
let desk: PanelDesk
beforeAll(async () => {
  desk = await startPanelDesk()
  const day = (days: number) =>
    new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')
  const ticket = Array.from({ length: 40 }, (_, n) =>
    ticketRow(n + 1, day(n % 25), {
      category: ['order', 'billing', 'product', null][n % 4] ?? null,
      ...(n % 3 === 0
        ? {
            first_seconds: 600 * n,
            first_open_seconds: 300 * n,
            first_out_at: day((n % 25) - 0.1),
            first_by_id: desk.staff.nora.id,
          }
        : {}),
    }),
  )
  await handLake(desk.ctx.config.lake.dir).write(desk.workspaceId, { ticket }, desk.clock.now().toISOString())
})
afterAll(async () => {
  desk.expectSound()
  await desk.stop()
})

let books = 0
async function beside(): Promise<{ book: Book; panel: Awaited<ReturnType<typeof desk.openHomepage>> }> {
  books++
  const book = desk.spreadsheets.add({ id: `book-${books}`, name: 'Figures' })
  return { book, panel: await desk.openHomepage('vera', { hostApp: 'SHEETS', spreadsheet: book.id }) }
}

const today = () => desk.clock.now().toISOString().slice(0, 10)
const daysAgo = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)

/** The table with this title as the sheet holds it, in the form of the API: days as text, numbers as numbers, nothing as null. */
function tableIn(sheet: Sheet, { title, columns, rows }: ReportTable): (string | number | null)[][] {
  const at = sheet.rows.findIndex((cells) => cells?.[0]?.value === title && cells[1]?.link) + 1
  return rows.map((_, row) =>
    columns.map(({ kind }, column) => {
      const value = cellAt(sheet, at + 4 + row, column + 1)?.value ?? ''
      if (value === '') return null
      const isDay = (kind === 'date' || kind === 'instant') && typeof value === 'number'
      return isDay
        ? new Date(Math.round((value - 25_569) * 86_400_000)).toISOString().slice(0, 10)
        : (value as string | number)
    }),
  )
}

const sheetOf = ({ sheets }: Book, name: string): Sheet => {
  const found = sheets.find((sheet) => sheet.name === name)
  if (!found) throw new Error(`No sheet ${name}`)
  return found
}

test('every report of the pack has in the sheet exactly the cells that the API gives', async () => {
  const { book, panel } = await beside()
  await panel.press('Insert the pack', { period: 'last-28', interval: 'week', 'by-category': 'order' })
  const { pack, items } = await desk.as('vera').call(listReports, {})
  expect(pack.length).toBeGreaterThanOrEqual(5)
  let compared = 0
  for (const id of pack) {
    const query = { from: daysAgo(27), to: today(), interval: 'week', category: ['order'] } as never
    const report: Report = await desk.as('vera').call(readReport, { params: { report: id }, query })
    const sheet = sheetOf(book, items.find((one) => one.id === id)?.name ?? '')
    expect(sheet.rows[1]?.[0]?.value).toContain(`${report.period.from} to ${report.period.to}`)
    for (const table of report.tables) {
      expect([id, table.id, tableIn(sheet, table)]).toEqual([id, table.id, table.rows])
      compared += table.rows.length
    }
  }
  expect(compared).toBeGreaterThan(50)
})

test('several reports come in one call, each as it would come alone, and one that is gone says so', async () => {
  const scope = { from: daysAgo(6), to: today() }
  const vera = desk.as('vera')
  const alone = await vera.call(readReport, { params: { report: 'sla' }, query: scope })
  const { items } = await vera.call(readReports, {
    body: {
      readings: [
        { report: 'sla', ...scope },
        { report: 'nowhere', ...scope },
        { report: 'overview', ...scope, from: daysAgo(20) },
      ],
    },
  })
  expect(items[0]?.report?.tables).toEqual(alone.tables)
  expect(items[1]).toEqual({ report: null, problem: expect.stringContaining('There is no report «nowhere».') })
  expect(items[2]?.report?.period.from).toBe(daysAgo(20))
})

test('periods that end before they begin are about their own report, and too many rows about the whole call', async () => {
  const vera = desk.as('vera')
  const body = { readings: [{ report: 'sla', from: today(), to: daysAgo(3) }] }
  const { items } = await vera.call(readReports, { body })
  expect(items[0]?.report).toBeNull()
  expect(items[0]?.problem).toMatch(/before|begin|end/i)
  const many = { readings: [1, 2, 3].map(() => ({ report: 'sla', from: today(), to: today(), rows: 20_000 })) }
  expect(await refusalOf(vera.call(readReports, { body: many }))).toMatchObject({ code: 'invalid_request' })
})

test('figures of everybody are not for agents, in one call or in many', async () => {
  const body = { readings: [{ report: 'sla', from: today(), to: today() }] }
  expect(await refusalOf(desk.as('nora').call(readReports, { body }))).toMatchObject({ code: 'forbidden' })
  expect(await refusalOf(desk.as('nora').call(listReports, {}))).toMatchObject({ code: 'forbidden' })
})
