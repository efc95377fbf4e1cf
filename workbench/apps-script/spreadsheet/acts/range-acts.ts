import { ScriptError } from '../../realm/script-error.ts'
import { type Area, type Cell, cellAt, type Sheet, type Style } from '../state/book.ts'
import { shownText } from '../state/shown.ts'
import { typed, type Written } from '../state/typed.ts'
import { reads, sheetAround, writes } from './act.ts'

type Block<T> = { area: Area; values: T[][] }
type Look = Style & { format?: string }

const GENERAL = 'General'
const PLAIN_TEXT = '@'

const allOf = ({ area }: { area: Area }) => area.rows * area.columns

/** What the methods of Range do. A block whose size is another one is refused before anything is written. */
export const rangeActs = {
  readValues: reads(
    (book, { area }: { area: Area }) => blockOf(sheetAround(book, area), area, (cell) => read(cell)),
    allOf,
  ),
  readFormulas: reads(
    (book, { area }: { area: Area }) => blockOf(sheetAround(book, area), area, (cell) => cell?.formula ?? ''),
    allOf,
  ),
  readShown: reads(
    (book, { area }: { area: Area }) => blockOf(sheetAround(book, area), area, (cell) => shownText(cell, book.locale)),
    allOf,
  ),
  readFormats: reads(
    (book, { area }: { area: Area }) => blockOf(sheetAround(book, area), area, (cell) => cell?.format ?? GENERAL),
    allOf,
  ),
  readBackgrounds: reads(
    (book, { area }: { area: Area }) =>
      blockOf(sheetAround(book, area), area, (cell) => cell?.style?.background ?? '#ffffff'),
    allOf,
  ),
  writeValues: writes((book, { area, values }: Block<Written>) => {
    const sheet = sheetAround(book, area)
    refuseSize(area, values)
    const found = values.map((line, row) =>
      line.map((value, column) =>
        typed(value, cellAt(sheet, area.row + row, area.column + column)?.format === PLAIN_TEXT),
      ),
    )
    each(area, (row, column) => {
      const cell = touched(sheet, row, column)
      const made = found[row - area.row]?.[column - area.column]
      delete cell.formula
      delete cell.link
      const format = cell.format ?? made?.format
      Object.assign(cell, made, format ? { format } : {})
    })
  }, allOf),
  /** One look for all cells of the area. */
  fill: writes((book, { area, look }: { area: Area; look: Look }) => {
    const sheet = sheetAround(book, area)
    each(area, (row, column) => dress(touched(sheet, row, column), look))
  }),
  fillEach: writes((book, { area, values }: Block<Look>) => {
    const sheet = sheetAround(book, area)
    refuseSize(area, values)
    each(area, (row, column) =>
      dress(touched(sheet, row, column), values[row - area.row]?.[column - area.column] ?? {}),
    )
  }, allOf),
  clear: writes((book, { area, contents, formats }: { area: Area; contents: boolean; formats: boolean }) => {
    const sheet = sheetAround(book, area)
    each(area, (row, column) => {
      const cell = cellAt(sheet, row, column)
      if (!cell) return
      if (contents) {
        cell.value = ''
        delete cell.formula
        delete cell.link
      }
      if (formats) {
        delete cell.format
        delete cell.style
      }
    })
  }),
}

function refuseSize({ rows, columns }: Area, values: readonly unknown[][]): void {
  const differ = (what: string, has: number, room: number) =>
    `The number of ${what} in the data does not match the number of ${what} in the range. The data has ${has} but the range has ${room}.`
  if (values.length !== rows) throw new ScriptError(differ('rows', values.length, rows))
  const wrong = values.find((line) => line.length !== columns)
  if (wrong) throw new ScriptError(differ('columns', wrong.length, columns))
}

function each({ row, column, rows, columns }: Area, visit: (row: number, column: number) => void): void {
  for (let at = row; at < row + rows; at++)
    for (let beside = column; beside < column + columns; beside++) visit(at, beside)
}

function blockOf<T>(sheet: Sheet, { row, column, rows, columns }: Area, read: (cell: Cell | undefined) => T): T[][] {
  return Array.from({ length: rows }, (_, at) =>
    Array.from({ length: columns }, (_, beside) => read(cellAt(sheet, row + at, column + beside))),
  )
}

const read = (cell: Cell | undefined) => ({ value: cell?.value ?? '', format: cell?.format ?? GENERAL })

function touched(sheet: Sheet, row: number, column: number): Cell {
  sheet.rows[row - 1] ??= []
  const cells = sheet.rows[row - 1] as Cell[]
  cells[column - 1] ??= { value: '' }
  return cells[column - 1] as Cell
}

function dress(cell: Cell, { format, ...style }: Look): void {
  if (format !== undefined) cell.format = format
  if (Object.keys(style).length > 0) cell.style = { ...cell.style, ...style }
}
