import { type Area, type Book, cellAt, type Sheet } from '../../apps-script/spreadsheet/state/book.ts'
import { shownText } from '../../apps-script/spreadsheet/state/shown.ts'
import type { SpreadsheetStore } from '../../apps-script/spreadsheet/store.ts'
import { NotHere } from '../ground.ts'

/** What stands in Drive: one to work in, and one that nobody here may change. */
const FILES = [
  { id: 'figures', name: 'Untitled spreadsheet', editors: null },
  { id: 'board', name: 'Board papers (view only)', editors: [] },
]

export function layOut(spreadsheets: SpreadsheetStore): void {
  for (const file of FILES) if (!spreadsheets.get(file.id)) spreadsheets.add(file)
}

/** @throws NotHere */
export function bookOf(spreadsheets: SpreadsheetStore, id: unknown): Book {
  const found = spreadsheets.get(typeof id === 'string' ? id : (FILES[0]?.id ?? ''))
  if (!found) throw new NotHere('There is no such spreadsheet.')
  return found
}

/** Where a person stands, on a sheet that is still there. */
export function standing(book: Book, person: string): { sheet: Sheet; area: Area } {
  const area = book.selections.get(person)
  const sheet = book.sheets.find(({ id }) => id === area?.sheetId) ?? book.sheets.find(({ hidden }) => !hidden)
  if (!sheet) throw new NotHere('The spreadsheet has no sheet.')
  return {
    sheet,
    area: area?.sheetId === sheet.id ? area : { sheetId: sheet.id, row: 1, column: 1, rows: 1, columns: 1 },
  }
}

/** What stands in the formula bar. */
export function typedIn(book: Book, sheet: Sheet, { row, column }: Area): string {
  const cell = cellAt(sheet, row, column)
  return cell?.formula ?? shownText(cell, book.locale)
}
