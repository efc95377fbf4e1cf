import type { Book, Sheet } from './book.ts'

type Metadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata

/**
 * What is remembered in a spreadsheet: on the whole of it, on a row or on a column. A mark goes wherever its row goes, whatever its sheet
 * is called then, and with it when it is deleted. Only this add-on sees it; whoever opens the file with the add-on does.
 */
const KEYS = { book: 'sidedesk.report', row: 'sidedesk.row', column: 'sidedesk.column' } as const

export type BookMark = { value: string; set(value: string): void; remove(): void }
export type LineMark = { value: string; sheet: Sheet; at: number; remove(): void }

export function addBookMark(book: Book, value: string): BookMark {
  book.addDeveloperMetadata(KEYS.book, value, SpreadsheetApp.DeveloperMetadataVisibility.PROJECT)
  const found = bookMarks(book).filter((mark) => mark.value === value)[0]
  if (!found) throw new Error('A mark of the spreadsheet was not kept.')
  return found
}

export const bookMarks = (book: Book): BookMark[] =>
  found(book, KEYS.book).map((metadata) => ({
    value: metadata.getValue() || '',
    set: (value) => void metadata.setValue(value),
    remove: () => metadata.remove(),
  }))

export const markRow = (sheet: Sheet, row: number, value: string): void =>
  void sheet
    .getRange(`${row}:${row}`)
    .addDeveloperMetadata(KEYS.row, value, SpreadsheetApp.DeveloperMetadataVisibility.PROJECT)

export function markColumn(sheet: Sheet, column: number, value: string): void {
  const letters = sheet.getRange(1, column).getA1Notation().replace(/\d/g, '')
  sheet
    .getRange(`${letters}:${letters}`)
    .addDeveloperMetadata(KEYS.column, value, SpreadsheetApp.DeveloperMetadataVisibility.PROJECT)
}

/** Rows that are still there, wherever they are by now. */
export const rowMarks = (book: Book): LineMark[] => lines(book, KEYS.row)

export const columnMarks = (book: Book): LineMark[] => lines(book, KEYS.column)

function lines(book: Book, key: string): LineMark[] {
  const marks: LineMark[] = []
  for (const metadata of found(book, key)) {
    const place = metadata.getLocation()
    const [row, column] = [place.getRow(), place.getColumn()]
    const range = row || column
    if (range)
      marks.push({
        value: metadata.getValue() || '',
        sheet: range.getSheet(),
        at: row ? row.getRow() : range.getColumn(),
        remove: () => metadata.remove(),
      })
  }
  return marks
}

const found = (book: Book, key: string): Metadata[] => book.createDeveloperMetadataFinder().withKey(key).find()
