import type { ReportTable } from '../../../shared/analytics.ts'
import type { Area } from '../../kit/sheet/book.ts'
import type { SheetChart } from '../../kit/sheet/charts.ts'
import { ABOVE_ROWS } from './blocks.ts'

const TYPES: Partial<Record<ReportTable['chart'], SheetChart['type']>> = { line: 'LINE', bar: 'BAR', stack: 'COLUMN' }

/** More bars than these are not told apart. */
const MOST_BARS = 12

/** Columns of this name say of how many shares a figure is made, and are not drawn. */
const OF = 'Of'

/** What amounts of a column beside it are in. */
const CURRENCY = 'Currency'

/** Whether a table has a chart of its own beside it. */
export const isDrawn = ({ chart, rows }: ReportTable): boolean => Boolean(TYPES[chart]) && rows.length > 0

/**
 * The chart of a table whose title is at this cell: its first column against its figures. Null when there is nothing to draw, or when
 * amounts of several currencies stand in one column.
 */
export function chartOf(table: ReportTable, row: number, column: number): SheetChart | null {
  const { chart, columns, rows, title } = table
  const type = TYPES[chart]
  if (!type || rows.length === 0) return null
  const money = columns.map(({ name }) => name).indexOf(CURRENCY)
  if (money > 0 && isMixed(rows, money)) return null
  const drawn = columns.map(({ kind, name }, at) => at === 0 || (kind !== 'text' && kind !== 'link' && name !== OF))
  const count = (type === 'BAR' ? Math.min(rows.length, MOST_BARS) : rows.length) + 1
  const ranges: Area[] = [area(row, column, count, 1)]
  for (let at = 1; at < drawn.length; at++) {
    if (!drawn[at]) continue
    const before = ranges[ranges.length - 1]
    if (before && drawn[at - 1]) before.columns++
    else ranges.push(area(row, column + at, count, 1))
  }
  return drawn.indexOf(true, 1) < 0 ? null : { type, stacked: chart === 'stack', title, ranges }
}

const area = (row: number, column: number, rows: number, columns: number): Area => ({
  row: row + ABOVE_ROWS - 1,
  column,
  rows,
  columns,
})

const isMixed = (rows: ReportTable['rows'], at: number): boolean => rows.some((row) => row[at] !== rows[0]?.[at])
