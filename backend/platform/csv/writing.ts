/**
 * One cell of a CSV file. Words come from people and from other systems, so a spreadsheet must not take them for a formula; a figure is written
 * by us, digits only, and stays a number; a code is one of our own closed names, ids and times.
 */
export type Cell = { words: string } | { figure: string } | { code: string } | null

/** Excel reads a file as UTF-8 only when it begins with this; without it every name with an accent is spoilt. */
export const BYTE_ORDER_MARK = '\ufeff'

/**
 * One line by RFC 4180, with its line end.
 * @throws RangeError for a figure that is no decimal number with a point, or a code that a spreadsheet could take for a formula
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\r\n`

const FIGURE = /^-?\d+(?:\.\d+)?$/
const CODE = /^[\w#][\w .:/+-]*$/

/** What spreadsheets begin a formula with, wide forms of Asian keyboards included, also behind blanks that they leave out. */
const FORMULA = /^(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/

/** Line breaks and commas by the rule; a semicolon because it parts cells where a comma is the decimal sign. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

function written(cell: Cell): string {
  if (cell === null) return ''
  if ('figure' in cell) return checked(cell.figure, FIGURE)
  if ('code' in cell) return checked(cell.code, CODE)
  const harmless = FORMULA.test(cell.words) ? `'${cell.words}` : cell.words
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function checked(text: string, shape: RegExp): string {
  if (!shape.test(text)) throw new RangeError(`Not to be written as it is: ${text.slice(0, 40)}`)
  return text
}
