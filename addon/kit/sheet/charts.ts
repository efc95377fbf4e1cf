import type { Area, Sheet } from './book.ts'

export type SheetChart = {
  type: 'LINE' | 'BAR' | 'COLUMN'
  stacked: boolean
  title: string
  /** The column with the names or days first, its header included; then what is drawn. */
  ranges: readonly Area[]
}

const SIZE = { width: 520, height: 300 }

/** A chart of so many rows of usual height. */
export const CHART_ROWS = 16

export function putChart(sheet: Sheet, chart: SheetChart, row: number, column: number): void {
  const builder = sheet
    .newChart()
    .setChartType(Charts.ChartType[chart.type])
    .setNumHeaders(1)
    .setOption('title', chart.title)
    .setOption('width', SIZE.width)
    .setOption('height', SIZE.height)
    .setOption('isStacked', chart.stacked)
    .setPosition(row, column, 0, 0)
  for (const range of chart.ranges) builder.addRange(rangeOf(sheet, range))
  sheet.insertChart(builder.build())
}

/** Leads every chart whose first range begins at this cell to where its rows end now. Who moved or styled one keeps that. */
export function followCharts(
  sheet: Sheet,
  charts: readonly GoogleAppsScript.Spreadsheet.EmbeddedChart[],
  chart: SheetChart,
): void {
  const [first] = chart.ranges
  if (!first) return
  const wanted = chart.ranges.map((range) => rangeOf(sheet, range))
  const names = wanted.map((range) => range.getA1Notation()).join()
  for (const each of charts) {
    const ranges = each.getRanges()
    const [begin] = ranges
    if (!begin || begin.getRow() !== first.row || begin.getColumn() !== first.column) continue
    if (ranges.map((range) => range.getA1Notation()).join() === names) continue
    const builder = each.modify().clearRanges()
    for (const range of wanted) builder.addRange(range)
    sheet.updateChart(builder.build())
  }
}

const rangeOf = (sheet: Sheet, { row, column, rows, columns }: Area) => sheet.getRange(row, column, rows, columns)
