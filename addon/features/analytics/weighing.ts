import type { Report } from '../../../shared/analytics.ts'
import { type Book, roomIn, takenIn } from '../../kit/sheet/book.ts'
import { areaAt, type Spot, sizeOf } from './putting-down.ts'

/** Google writes about this many cells a second in blocks, and ends everything after 30 s. */
const CELLS_A_SECOND = 10_000
const MOST_CELLS = 150_000
/** From here on somebody is asked first. */
const MANY_CELLS = 20_000

/** A new sheet has at least this grid. */
const GRID = { rows: 1000, columns: 26 }

/** What stands against writing these reports, told before any cell is written. */
export type Weighed = { kind: 'fits' } | { kind: 'ask' | 'refuse'; words: string[] }

export function weigh(book: Book, reports: readonly Report[], spot: Spot): Weighed {
  const sizes = reports.map(sizeOf)
  const cells = sizes.reduce((sum, size) => sum + size.cells, 0)
  const longest = reports.reduce(
    (most, { tables }) => tables.reduce((rows, table) => Math.max(rows, table.rows.length), most),
    0,
  )
  const size = `${told(cells)} cells, and the longest table has ${told(longest)} rows`
  if (cells > MOST_CELLS)
    return refused(
      `These are ${size}. Sidedesk writes ${told(MOST_CELLS)} cells at once, because Google ends a press after 30 seconds. Choose fewer rows, a shorter period or a filter.`,
    )
  const room = roomIn(book)
  const needed = spot ? growth(spot, sizes) : sizes.reduce((sum, size) => sum + gridOf(size), 0)
  if (needed > room)
    return refused(
      `These need ${told(needed)} cells of the grid, and this spreadsheet has room for ${told(Math.max(0, room))}: Google allows ten million. Delete sheets that you do not need, or use another spreadsheet.`,
    )
  const [report] = reports
  const taken = spot && report ? takenIn(spot.sheet, areaAt(report, spot.row, spot.column)) : null
  if (taken)
    return refused(
      `Cell ${taken} holds something, and the report would cover it. Select a cell with free space to its right and below, or choose a new sheet.`,
    )
  if (cells <= MANY_CELLS) return { kind: 'fits' }
  return {
    kind: 'ask',
    words: [
      `These are ${size}. Writing them takes about ${Math.ceil(cells / CELLS_A_SECOND)} seconds.`,
      'Nothing has been written yet.',
    ],
  }
}

type Size = ReturnType<typeof sizeOf>

const gridOf = ({ rows, grid }: Size): number => Math.max(rows, GRID.rows) * Math.max(grid, GRID.columns)

/** By how many cells a sheet becomes larger. */
function growth({ sheet, row, column }: NonNullable<Spot>, [size]: readonly Size[]): number {
  const [rows, columns] = [sheet.getMaxRows(), sheet.getMaxColumns()]
  const [down, across] = size ? [row + size.rows, column + size.grid] : [0, 0]
  return Math.max(rows, down) * Math.max(columns, across) - rows * columns
}

const refused = (words: string): Weighed => ({ kind: 'refuse', words: [words, 'Nothing was written.'] })

const told = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
