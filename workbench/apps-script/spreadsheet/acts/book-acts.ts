import { ScriptError } from '../../realm/script-error.ts'
import { type Area, type Book, cellsOf, MOST_CELLS, newSheet, START_COLUMNS, START_ROWS } from '../state/book.ts'
import { reads, sheetIn, writes } from './act.ts'

const LONGEST_NAME = 100

/** What the methods of Spreadsheet and SpreadsheetApp do. */
export const bookActs = {
  bookFacts: reads(({ id, name, locale, timeZone }, _input: object) => ({ id, name, locale, timeZone })),
  sheetIds: reads(({ sheets }, _input: object) => sheets.map(({ id }) => id)),
  sheetNamed: reads(
    ({ sheets }, { name }: { name: string }) => sheets.find((sheet) => sheet.name === name)?.id ?? null,
  ),
  selection: reads((book, _input: object, person) => selectionOf(book, person)),
  select: reads((book, area: Area, person) => {
    sheetIn(book, area.sheetId)
    book.selections.set(person, { ...area })
    book.version++
  }),
  insertSheet: writes((book, { name, index }: { name: string | null; index: number | null }, person) => {
    const given = name ?? nextName(book)
    refuseName(book, given)
    refuseCells(book, START_ROWS * START_COLUMNS)
    const made = newSheet(freshId(book), given)
    const beside = book.sheets.findIndex(({ id }) => id === selectionOf(book, person).sheetId) + 1
    book.sheets.splice(index ?? beside, 0, made)
    book.selections.set(person, { sheetId: made.id, row: 1, column: 1, rows: 1, columns: 1 })
    return made.id
  }),
  deleteSheet: writes((book, { sheetId }: { sheetId: number }) => {
    const sheet = sheetIn(book, sheetId)
    if (book.sheets.every((each) => each === sheet || each.hidden))
      throw new ScriptError("You can't remove all the visible sheets in a document.")
    book.sheets.splice(book.sheets.indexOf(sheet), 1)
    book.marks = book.marks.filter(({ place }) => place.kind === 'SPREADSHEET' || place.sheetId !== sheetId)
    for (const [person, { sheetId: at }] of book.selections) if (at === sheetId) book.selections.delete(person)
  }),
  renameSheet: writes((book, { sheetId, name }: { sheetId: number; name: string }) => {
    const sheet = sheetIn(book, sheetId)
    if (name.toLowerCase() !== sheet.name.toLowerCase()) refuseName(book, name)
    sheet.name = name
  }),
  moveSheet: writes((book, { sheetId, index }: { sheetId: number; index: number }) => {
    const sheet = sheetIn(book, sheetId)
    if (index < 0 || index >= book.sheets.length)
      throw new ScriptError(`Invalid argument: pos. Should be between 1 and ${book.sheets.length}.`)
    book.sheets.splice(book.sheets.indexOf(sheet), 1)
    book.sheets.splice(index, 0, sheet)
  }),
  flush: reads((_book, _input: object) => undefined),
}

/** Where a person stands: the first sheet's first cell until they have been elsewhere. */
export function selectionOf({ selections, sheets }: Book, person: string): Area {
  return selections.get(person) ?? { sheetId: sheets[0]?.id ?? 0, row: 1, column: 1, rows: 1, columns: 1 }
}

export const freshId = (book: Book): number => {
  book.nextId++
  return book.nextId * 104_729 // sheet ids are large numbers that nobody can guess from each other
}

/** @throws ScriptError when the workbook has no room for so many more cells */
export function refuseCells(book: Book, more: number): void {
  if (cellsOf(book) + more > MOST_CELLS)
    throw new ScriptError(
      `This action would increase the number of cells in the workbook above the limit of ${MOST_CELLS} cells.`,
    )
}

function refuseName({ sheets }: Book, name: string): void {
  if (name === '') throw new ScriptError('Invalid argument: name')
  if (name.length > LONGEST_NAME) throw new ScriptError('The sheet name cannot be greater than 100 characters.')
  if (sheets.some((sheet) => sheet.name.toLowerCase() === name.toLowerCase()))
    throw new ScriptError(`A sheet with the name "${name}" already exists. Please enter another name.`)
}

function nextName({ sheets }: Book): string {
  for (let number = sheets.length + 1; ; number++) {
    const name = `Sheet${number}`
    if (!sheets.some((sheet) => sheet.name === name)) return name
  }
}
