import { AddonError } from '../../errors.ts'
import { logged } from '../../log.ts'

export type Book = GoogleAppsScript.Spreadsheet.Spreadsheet
export type Sheet = GoogleAppsScript.Spreadsheet.Sheet

/** The grid of a whole workbook, filled or not. */
const MOST_CELLS = 10_000_000

/** The spreadsheet beside the panel; null where Google shows none. */
export const openBook = (): Book | null => SpreadsheetApp.getActiveSpreadsheet() as Book | null

/** @throws AddonError no_spreadsheet */
export function bookBeside(): Book {
  const book = openBook()
  if (!book) throw new AddonError('no_spreadsheet', 'No spreadsheet stands beside this panel. Open one and try again.')
  return book
}

/**
 * Does the first thing that changes the spreadsheet. Google says only then whether somebody may.
 * @throws AddonError sheet_read_only with Google's own words, which come in the language of the reader
 */
export function firstWrite<T>(write: () => T): T {
  try {
    return write()
  } catch (error) {
    throw new AddonError('sheet_read_only', `Google did not let Sidedesk write here: ${wordsOf(error)}.`)
  }
}

/**
 * Does everything after that. Google may gather writes, so that one fails later than it was made.
 * @throws AddonError sheet_stopped when it was taken away meanwhile
 */
export function writing<T>(what: string, write: () => T): T {
  try {
    const done = write()
    SpreadsheetApp.flush()
    return done
  } catch (error) {
    if (error instanceof AddonError) throw error
    logged(`Writing ${what} stopped: ${error}`)
    throw new AddonError(
      'sheet_stopped',
      `${what} was not written to its end: ${wordsOf(error)}. Perhaps its sheet was deleted meanwhile.`,
    )
  }
}

const wordsOf = (error: unknown): string => String(error instanceof Error ? error.message : error).replace(/\.$/, '')

/** Cells that the workbook still has room for. */
export function roomIn(book: Book): number {
  const taken = book.getSheets().reduce((sum, sheet) => sum + sheet.getMaxRows() * sheet.getMaxColumns(), 0)
  return MOST_CELLS - taken
}

/** A new sheet as the last one, called so or with a number behind it where that is taken, with room for so much. */
export function newSheet(book: Book, name: string, size: { rows: number; columns: number }): Sheet {
  let free = name
  for (let number = 2; book.getSheetByName(free); number++) free = `${name} ${number}`
  const sheet = book.insertSheet(free, book.getNumSheets())
  roomFor(sheet, size.rows, size.columns)
  return sheet
}

/** Makes the grid at least so large. */
export function roomFor(sheet: Sheet, rows: number, columns: number): void {
  const [most, wide] = [sheet.getMaxRows(), sheet.getMaxColumns()]
  if (most < rows) sheet.insertRowsAfter(most, rows - most)
  if (wide < columns) sheet.insertColumnsAfter(wide, columns - wide)
}

export type Area = { row: number; column: number; rows: number; columns: number }

/** The first cell of an area that holds something, as `B7`; null when all of it is free. */
export function takenIn(sheet: Sheet, { row, column, rows, columns }: Area): string | null {
  const [lastRow, lastColumn] = [sheet.getLastRow(), sheet.getLastColumn()]
  if (row > lastRow || column > lastColumn) return null
  const area = sheet.getRange(
    row,
    column,
    Math.min(rows, lastRow - row + 1),
    Math.min(columns, lastColumn - column + 1),
  )
  const values = area.getDisplayValues()
  for (let down = 0; down < values.length; down++)
    for (let across = 0; across < (values[down] || []).length; across++)
      if (values[down]?.[across]) return sheet.getRange(row + down, column + across).getA1Notation()
  return null
}
