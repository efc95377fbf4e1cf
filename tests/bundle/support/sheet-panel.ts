import { listReports, type ReportTable, readReports } from '../../../shared/analytics.ts'
import { cellAt, type Sheet } from '../../../workbench/apps-script/spreadsheet/state/book.ts'
import { shownText } from '../../../workbench/apps-script/spreadsheet/state/shown.ts'
import type { AddonUnderTest } from './addon.ts'
import { listed, readingsOf } from './reports.ts'

type Options = { editors?: string[]; tablesOf?: (id: string) => ReportTable[] | string }

let count = 0

/** The add-on beside a new spreadsheet, and a backend that has these tables for each report. */
export async function besideSheet(addon: AddonUnderTest, { editors, tablesOf = () => [] }: Options = {}) {
  count++
  const book = addon.spreadsheets.add({ id: `book-${count}`, name: 'Figures', ...(editors ? { editors } : {}) })
  let tables = tablesOf
  addon.backend.on(listReports, () => listed())
  addon.backend.on(readReports, ({ body }) => readingsOf(body.readings, (id) => tables(id)))
  const panel = addon.panelOf(undefined, { hostApp: 'SHEETS', spreadsheet: book.id })
  await panel.panel.openHomepage()
  addon.backend.heard.length = 0

  const sheetCalled = (name: string): Sheet => {
    const found = book.sheets.find((sheet) => sheet.name === name)
    if (!found) throw new Error(`No sheet ${name} among ${book.sheets.map((sheet) => sheet.name)}`)
    return found
  }
  return {
    ...panel,
    book,
    sheetCalled,
    names: () => book.sheets.map(({ name }) => name),
    /** From now on the backend has these tables. */
    change(next: (id: string) => ReportTable[] | string): void {
      tables = next
    },
    /** A part of a sheet as it shows, row by row. */
    shown: (name: string, row: number, column: number, rows: number, columns: number) =>
      Array.from({ length: rows }, (_, down) =>
        Array.from({ length: columns }, (_, across) =>
          shownText(cellAt(sheetCalled(name), row + down, column + across), book.locale),
        ),
      ),
    cell: (name: string, row: number, column: number) => cellAt(sheetCalled(name), row, column),
    select: (name: string, row: number, column: number) =>
      book.selections.set('nora@honeyhill.example', {
        sheetId: sheetCalled(name).id,
        row,
        column,
        rows: 1,
        columns: 1,
      }),
    /** The last call of the script. */
    last: () => {
      const execution = addon.executions.at(-1)
      if (!execution) throw new Error('Nothing ran')
      return execution
    },
  }
}

export type SheetPanel = Awaited<ReturnType<typeof besideSheet>>
