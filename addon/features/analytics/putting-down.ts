import type { Report, ReportTable } from '../../../shared/analytics.ts'
import type { Reader } from '../../event.ts'
import { type Area, type Book, newSheet, roomFor, type Sheet, writing } from '../../kit/sheet/book.ts'
import { putBlock } from '../../kit/sheet/cells.ts'
import { CHART_ROWS, putChart } from '../../kit/sheet/charts.ts'
import { markColumn, markRow } from '../../kit/sheet/marks.ts'
import { ABOVE_ROWS, HEAD_ROWS, headBlock, tableBlock, widthOf } from './blocks.ts'
import { chartOf, isDrawn } from './drawn.ts'
import { type Asked, type Layout, newId, type PlacedTable, remember, rowValue, update } from './layout.ts'

/** Where a report goes: a cell of a sheet that is there, or a sheet of its own. */
export type Spot = { sheet: Sheet; row: number; column: number } | null

/** Pages, who reads, and the instant of writing. */
export type Scene = { origin: string; reader: Reader }

/** A chart is about this many usual columns wide. */
const CHART_COLUMNS = 6
const FIRST_WIDTH = 170
const WIDTH = 130
const FROZEN = 2

/** Rows from a table's title to the next one's. A chart stands beside the rows, so that the definition above them can be read. */
export const keptRows = (table: ReportTable): number =>
  Math.max(rowsOf(table), isDrawn(table) ? ABOVE_ROWS - 1 + CHART_ROWS : 0) + 1

export const rowsOf = ({ rows }: ReportTable): number => rows.length + ABOVE_ROWS

const widest = ({ tables }: Report): number => tables.reduce((width, table) => Math.max(width, widthOf(table)), 2)

/** What a report takes: its cells, and the grid that they and the charts need. */
export function sizeOf(report: Report): { rows: number; columns: number; grid: number; cells: number } {
  const rows = report.tables.reduce((sum, table) => sum + keptRows(table), HEAD_ROWS + 1)
  const columns = widest(report)
  const cells = report.tables.reduce((sum, table) => sum + rowsOf(table) * widthOf(table), HEAD_ROWS)
  return { rows, columns, grid: columns + 1 + CHART_COLUMNS, cells }
}

/** Puts a report down and remembers what it answers. @throws AddonError sheet_read_only, sheet_stopped */
export function putDown(book: Book, report: Report, asked: Asked, spot: Spot, scene: Scene): Layout {
  const { name } = report.report
  const kept = remember(book, { ...asked, id: newId(), name, sheet: '', tables: [], at: null })
  return writing(name, () => {
    const { rows, grid } = sizeOf(report)
    const { sheet, row, column } = spot ?? { sheet: newSheet(book, name, { rows, columns: grid }), row: 1, column: 1 }
    roomFor(sheet, row + rows, column + grid)
    const { id } = kept.layout
    markColumn(sheet, column, id)
    markRow(sheet, row, rowValue(id, ''))
    putBlock(sheet, row, column, headBlock(report, scene.reader))
    const tables: PlacedTable[] = []
    let at = row + HEAD_ROWS + 1
    for (const table of report.tables) {
      // what stands side by side may be more tomorrow
      const beside = column + (table.chart === 'stack' ? widest(report) : widthOf(table)) + 1
      tables.push(putTable(sheet, table, { at, column, beside }, id, scene.origin))
      at += keptRows(table)
    }
    if (!spot) dress(sheet, widest(report))
    const layout = { ...kept.layout, sheet: sheet.getName(), tables, at: scene.reader.now.toISOString() }
    update(kept, layout)
    if (spot) sheet.getRange(row, column).activate()
    else sheet.activate()
    return layout
  })
}

type At = { at: number; column: number; beside: number }

function putTable(
  sheet: Sheet,
  table: ReportTable,
  { at, column, beside }: At,
  id: string,
  origin: string,
): PlacedTable {
  markRow(sheet, at, rowValue(id, table.id))
  putBlock(sheet, at, column, tableBlock(table, origin))
  const chart = chartOf(table, at, column)
  if (chart) putChart(sheet, chart, at + ABOVE_ROWS - 1, beside)
  return { id: table.id, rows: rowsOf(table), columns: widthOf(table), kept: keptRows(table) }
}

function dress(sheet: Sheet, columns: number): void {
  sheet.setColumnWidths(1, columns, WIDTH).setColumnWidth(1, FIRST_WIDTH).setFrozenRows(FROZEN)
}

/** All that a report would cover at a cell, charts included. */
export const areaAt = (report: Report, row: number, column: number): Area => {
  const { rows, grid } = sizeOf(report)
  return { row, column, rows, columns: grid }
}
