import type { Sheet } from './book.ts'

export type Cell = string | number

const DAYS_BEFORE_1970 = 25_569
const DAY_MS = 86_400_000

/**
 * Text as text. A spreadsheet reads what a script writes as if it were typed: without the apostrophe, which is not part of the cell,
 * `=…`, `+…`, `-…` and `@…` are formulas, `1/2` is a day and `007` is 7.
 */
export const textCell = (text: string): string => (text === '' ? '' : `'${text}`)

/** A day `2026-11-20` or an instant `2026-11-20 14:05` as the number that spreadsheets count days by, in any language. */
export function dayCell(text: string): Cell {
  const at = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? ':00' : 'T00:00:00'}Z`)
  return Number.isNaN(at) ? textCell(text) : at / DAY_MS + DAYS_BEFORE_1970
}

/** A link with a label. A semicolon parts arguments in every language of a spreadsheet, a comma only in some. */
export const linkCell = (url: string, label: string): string => `=HYPERLINK("${quoted(url)}";"${quoted(label)}")`

const quoted = (text: string): string => text.replace(/"/g, '""')

/** How a part of a block looks, in rows and columns of the block, from 0. */
export type Look = {
  row: number
  column: number
  rows: number
  columns: number
  bold?: boolean
  size?: number
  color?: string
  background?: string
  format?: string
}

/** Which rows of a part of a block lean; all others stand upright again. */
export type Slants = { row: number; column: number; columns: number; leans: readonly boolean[] }

export type Block = {
  values: readonly (readonly Cell[])[]
  looks: readonly Look[]
  backgrounds: Shades | null
  slants: Slants | null
}

/** A colour for each cell of a part of a block. */
export type Shades = { row: number; column: number; colours: readonly (readonly string[])[] }

/** Puts a block down in one go; its looks follow, each in one go as well. */
export function putBlock(
  sheet: Sheet,
  row: number,
  column: number,
  { values, looks, backgrounds, slants }: Block,
): void {
  sheet.getRange(row, column, values.length, values[0]?.length || 1).setValues(values as Cell[][])
  for (const look of looks) {
    const range = sheet.getRange(row + look.row, column + look.column, look.rows, look.columns)
    if (look.bold) range.setFontWeight('bold')
    if (look.size) range.setFontSize(look.size)
    if (look.color) range.setFontColor(look.color)
    if (look.background) range.setBackground(look.background)
    if (look.format) range.setNumberFormat(look.format)
  }
  if (slants) {
    const { leans, columns } = slants
    const styles = leans.map((each) => new Array<string>(columns).fill(each ? 'italic' : 'normal'))
    sheet
      .getRange(row + slants.row, column + slants.column, leans.length, columns)
      .setFontStyles(styles as GoogleAppsScript.Spreadsheet.FontStyle[][])
  }
  if (!backgrounds) return
  const { colours } = backgrounds
  sheet
    .getRange(row + backgrounds.row, column + backgrounds.column, colours.length, colours[0]?.length || 1)
    .setBackgrounds(colours as string[][])
}

export const emptyArea = (sheet: Sheet, row: number, column: number, rows: number, columns: number): void =>
  void sheet.getRange(row, column, rows, columns).clear()
