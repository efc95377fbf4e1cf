import type { Dimension, Interval } from '../../../shared/analytics.ts'
import { type Book, firstWrite } from '../../kit/sheet/book.ts'
import { addBookMark, type BookMark, bookMarks, columnMarks, type LineMark, rowMarks } from '../../kit/sheet/marks.ts'
import type { Chosen } from './period.ts'

/** What a report in a spreadsheet answers; the period goes with the calendar at every refresh. */
export type Asked = {
  report: string
  period: Chosen
  interval: Interval | ''
  rows: number
  filters: Partial<Record<Dimension, string>>
  /** A link at each row to what it is made of. What was written before there were any has none: its columns are counted. */
  links?: boolean
}

/** How large a table is, from its title to its last row, and how many rows are kept for it. */
export type PlacedTable = { id: string; rows: number; columns: number; kept: number }

/** A report in this spreadsheet. Where it is now is told by marks on its rows and its column, not by what is kept here. */
export type Layout = Asked & {
  id: string
  name: string
  /** As it was called when it was written last. */
  sheet: string
  tables: readonly PlacedTable[]
  /** When it was written to its end; null while that has not happened. */
  at: string | null
}

export type Kept = { layout: Layout; mark: BookMark }

/** Google keeps 30,000 characters for a spreadsheet, of which other things of ours take none. */
const MOST_CHARACTERS = 28_000
/** Of a report with many tables. */
const LARGE = 1_100

/** A mark on a row: of which table, `` for the head of its report. */
export const rowValue = (layout: string, table: string): string => `${layout}/${table}`

/** Every report that this spreadsheet remembers. What a later version of the add-on wrote is left alone. */
export function keptLayouts(book: Book): Kept[] {
  const kept: Kept[] = []
  for (const mark of bookMarks(book)) {
    const [version, text] = [mark.value.slice(0, 2), mark.value.slice(2)]
    if (version === VERSION) kept.push({ layout: JSON.parse(text) as Layout, mark })
  }
  return kept
}

const VERSION = '1:'
const written = (layout: Layout): string => VERSION + JSON.stringify(layout)

/** Why no further report is remembered; null when there is room. */
export function fullWords(kept: readonly Kept[], coming: number): string | null {
  const taken = kept.reduce((sum, { mark }) => sum + mark.value.length, 0)
  return taken + coming * LARGE > MOST_CHARACTERS
    ? `This spreadsheet remembers ${kept.length} reports and cannot remember more. Forget some that you do not need, or use another spreadsheet.`
    : null
}

/** Remembers a report before anything of it is written: that is also where Google says whether somebody may write. */
export const remember = (book: Book, layout: Layout): Kept => ({
  layout,
  mark: firstWrite(() => addBookMark(book, written(layout))),
})

export const update = ({ mark }: Kept, layout: Layout): void => mark.set(written(layout))

export type Places = { rows: LineMark[]; columns: LineMark[] }

export const placesIn = (book: Book): Places => ({ rows: rowMarks(book), columns: columnMarks(book) })

/** Where the head and the tables of a report are now. In a copied sheet it is there twice: the first one counts. */
export function placedRow({ rows }: Places, layout: Layout, table: string): LineMark | undefined {
  return rows.filter(({ value }) => value === rowValue(layout.id, table))[0]
}

export const placedColumn = ({ columns }: Places, layout: Layout): LineMark | undefined =>
  columns.filter(({ value }) => value === layout.id)[0]

/** Its values stay in the sheet; the spreadsheet does not know any more what they are. */
export function forget(book: Book, { layout, mark }: Kept): void {
  const { rows, columns } = placesIn(book)
  firstWrite(() => mark.remove())
  for (const line of rows) if (line.value.indexOf(`${layout.id}/`) === 0) line.remove()
  for (const line of columns) if (line.value === layout.id) line.remove()
}

/** Eight letters and digits; a spreadsheet has few of them. */
export const newId = (): string => Math.random().toString(36).slice(2, 10)
