/** What a cell holds: text, a number (days since 30 December 1899 for a day or an instant) or a truth. */
export type CellValue = string | number | boolean
export type Style = {
  bold?: boolean
  italic?: boolean
  size?: number
  color?: string
  background?: string
  align?: string
  verticalAlign?: string
  wrap?: boolean
}
export type Cell = { value: CellValue; formula?: string; link?: string; format?: string; style?: Style }

export type Area = { sheetId: number; row: number; column: number; rows: number; columns: number }

export type Chart = {
  id: number
  type: string
  ranges: Area[]
  headers: number
  transposed: boolean
  mergeStrategy: string
  options: Record<string, unknown>
  anchor: { row: number; column: number; x: number; y: number }
}

export type Place =
  | { kind: 'SPREADSHEET' }
  | { kind: 'SHEET'; sheetId: number }
  | { kind: 'ROW'; sheetId: number; row: number }
  | { kind: 'COLUMN'; sheetId: number; column: number }

/** Developer metadata: stays with its row, column or sheet wherever that goes, and goes with it. */
export type Mark = { id: number; key: string; value: string | null; visibility: string; place: Place }

export type Sheet = {
  id: number
  name: string
  hidden: boolean
  maxRows: number
  maxColumns: number
  frozenRows: number
  frozenColumns: number
  gridlines: boolean
  tabColor: string | null
  widths: Map<number, number>
  /** Row 1 is at 0; rows and cells that were never touched are holes. */
  rows: Cell[][]
  charts: Chart[]
}

export type Book = {
  id: string
  name: string
  locale: string
  timeZone: string
  /** Who may edit; everybody else may only look. null: everybody. */
  editors: string[] | null
  sheets: Sheet[]
  marks: Mark[]
  /** Where each person stands. */
  selections: Map<string, Area>
  /** Grows with every change, so that a page knows that there is something new to draw. */
  version: number
  nextId: number
}

export const MOST_CELLS = 10_000_000
export const START_ROWS = 1000
export const START_COLUMNS = 26

export function newBook({ id, name, editors = null }: { id: string; name: string; editors?: string[] | null }): Book {
  const book: Book = {
    id,
    name,
    locale: 'en_GB',
    timeZone: 'Europe/London',
    editors,
    sheets: [],
    marks: [],
    selections: new Map(),
    version: 0,
    nextId: 1,
  }
  book.sheets.push(newSheet(0, 'Sheet1'))
  return book
}

export const newSheet = (id: number, name: string): Sheet => ({
  id,
  name,
  hidden: false,
  maxRows: START_ROWS,
  maxColumns: START_COLUMNS,
  frozenRows: 0,
  frozenColumns: 0,
  gridlines: true,
  tabColor: null,
  widths: new Map(),
  rows: [],
  charts: [],
})

export const cellAt = ({ rows }: Sheet, row: number, column: number): Cell | undefined => rows[row - 1]?.[column - 1]

/** Of the grid, filled or not: that is what the limit of a workbook counts. */
export const cellsOf = ({ sheets }: Book): number =>
  sheets.reduce((sum, { maxRows, maxColumns }) => sum + maxRows * maxColumns, 0)

/** The last row and column that hold something; 0 when the sheet is empty. */
export function contentEnd({ rows }: Sheet): { row: number; column: number } {
  let [row, column] = [0, 0]
  rows.forEach((cells, at) => {
    // rows and cells that were put in between hold nothing yet
    cells?.forEach((cell, beside) => {
      if (!cell || (cell.value === '' && !cell.formula)) return
      row = at + 1
      column = Math.max(column, beside + 1)
    })
  })
  return { row, column }
}
