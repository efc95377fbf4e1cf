import type { Report, ReportTable } from '../../../shared/analytics.ts'
import { firstWrite, roomFor, type Sheet, takenIn, writing } from '../../kit/sheet/book.ts'
import { emptyArea, putBlock } from '../../kit/sheet/cells.ts'
import { followCharts } from '../../kit/sheet/charts.ts'
import type { LineMark } from '../../kit/sheet/marks.ts'
import { ABOVE_ROWS, headBlock, tableBlock, widthOf, withoutLinks } from './blocks.ts'
import { chartOf } from './drawn.ts'
import { type Kept, type Layout, type PlacedTable, type Places, placedColumn, placedRow, update } from './layout.ts'
import { rowsOf, type Scene } from './putting-down.ts'

export type Refreshed = { layout: Layout; problems: string[] }

/** Whether a report that was written to its end is still in the spreadsheet, or some of it. */
export const isThere = (places: Places, layout: Layout): boolean =>
  layout.at !== null &&
  Boolean(placedColumn(places, layout)) &&
  places.rows.some(({ value }) => value.indexOf(`${layout.id}/`) === 0)

/**
 * Writes a report anew where its tables are now. Rows are put in where a table grew, never taken out: what others wrote beside and below
 * stays. Tables go from the last to the first, so that none moves another that is still to come.
 */
export function refresh(kept: Kept, report: Report, places: Places, scene: Scene): Refreshed {
  const { layout } = kept
  firstWrite(() => update(kept, layout))
  return writing(layout.name, () => {
    const column = placedColumn(places, layout)?.at ?? 1
    const problems: string[] = []
    const found: { mark: LineMark; placed: PlacedTable; table: ReportTable }[] = []
    for (const placed of layout.tables) {
      const mark = placedRow(places, layout, placed.id)
      const table = report.tables.filter(({ id }) => id === placed.id)[0]
      if (!mark)
        problems.push(
          `A table of ${layout.name} was deleted (${titleOf(report, placed.id)}). It is left out from now on.`,
        )
      else if (!table) problems.push(`${layout.name} has no table ${placed.id} any more. What stands there is old.`)
      else found.push({ mark, placed, table })
    }
    for (const { id, title } of report.tables)
      if (!layout.tables.some((placed) => placed.id === id) && layout.at !== null)
        problems.push(`${layout.name} has a new table, ${title}. Insert the report again to have it.`)
    found.sort((one, other) => other.mark.at - one.mark.at)
    const charts = chartsOnce()
    const tables = found.map((each) =>
      writeAgain(each, { column, room: roomOf(each, places), charts: charts(each.mark.sheet), origin: scene.origin }),
    )
    const head = placedRow(places, layout, '')
    if (head) putBlock(head.sheet, head.at, column, headBlock(report, scene.reader))
    const sheet = (head || found[0]?.mark)?.sheet
    const next = {
      ...layout,
      sheet: sheet ? sheet.getName() : layout.sheet,
      tables: layout.tables.map(({ id }) => tables.filter((each) => each.id === id)[0]).filter(isPlaced),
      at: scene.reader.now.toISOString(),
    }
    update(kept, next)
    return { layout: next, problems }
  })
}

const isPlaced = (table: PlacedTable | undefined): table is PlacedTable => table !== undefined

const titleOf = ({ tables, report }: Report, id: string): string =>
  (tables.filter((table) => table.id === id)[0] || report.tables.filter((table) => table.id === id)[0])?.title || id

type Again = { mark: LineMark; placed: PlacedTable; table: ReportTable }
type Around = { column: number; room: number; charts: Charts; origin: string }
type Charts = GoogleAppsScript.Spreadsheet.EmbeddedChart[]

/** Rows up to whatever of ours comes next: somebody may have taken some out. */
function roomOf({ mark, placed }: Again, { rows }: Places): number {
  const own = mark.sheet.getSheetId()
  const next = rows
    .filter(({ at, sheet }) => at > mark.at && sheet.getSheetId() === own)
    .reduce((nearest, { at }) => Math.min(nearest, at), mark.at + placed.kept)
  return next - mark.at
}

/** Where somebody wrote something beside a table that had no links at its rows, it gets none. */
function besideOthers({ mark, placed, table }: Again, column: number): ReportTable {
  const grown = widthOf(table) - placed.columns
  const area = { row: mark.at, column: column + placed.columns, rows: rowsOf(table), columns: grown }
  return grown > 0 && takenIn(mark.sheet, area) ? withoutLinks(table) : table
}

function writeAgain(again: Again, { column, room, charts, origin }: Around): PlacedTable {
  const { mark, placed } = again
  const { sheet, at } = mark
  const table = besideOthers(again, column)
  const [rows, columns] = [rowsOf(table), widthOf(table)]
  const more = Math.max(0, rows + 1 - room)
  if (more > 0) sheet.insertRowsAfter(at + ABOVE_ROWS, more)
  roomFor(sheet, at + rows, column + columns)
  const old = Math.min(placed.rows, room) + more
  if (old > rows || placed.columns > columns) emptyArea(sheet, at, column, old, placed.columns)
  putBlock(sheet, at, column, tableBlock(table, origin))
  const chart = chartOf(table, at, column)
  if (chart) followCharts(sheet, charts, chart)
  return { id: table.id, rows, columns, kept: Math.max(room, rows + 1) }
}

/** Charts are read once for a sheet: tables are written from the last to the first, so those of the others stay where they are. */
function chartsOnce(): (sheet: Sheet) => Charts {
  const read: Record<number, Charts> = {}
  return (sheet) => {
    const id = sheet.getSheetId()
    const charts = read[id] || sheet.getCharts()
    read[id] = charts
    return charts
  }
}
