import { ScriptError } from '../../realm/script-error.ts'
import type { Chart } from '../state/book.ts'
import { reads, sheetIn, writes } from './act.ts'
import { freshId } from './book-acts.ts'

type OnSheet<T> = { sheetId: number; chart: T }

/** What Sheet does with charts. A chart that was built is nowhere until it is put on a sheet. */
export const chartActs = {
  charts: reads((book, { sheetId }: { sheetId: number }) => structuredClone(sheetIn(book, sheetId).charts)),
  insertChart: writes((book, { sheetId, chart }: OnSheet<Omit<Chart, 'id'>>) => {
    const sheet = sheetIn(book, sheetId)
    if (chart.ranges.length === 0) throw new ScriptError('Cannot insert a chart without a range.')
    if (chart.anchor.row > sheet.maxRows || chart.anchor.column > sheet.maxColumns)
      throw new ScriptError('The coordinates of the range are outside the dimensions of the sheet.')
    sheet.charts.push({ ...structuredClone(chart), id: freshId(book) })
  }),
  updateChart: writes((book, { sheetId, chart }: OnSheet<Chart>) => {
    const { charts } = sheetIn(book, sheetId)
    const at = charts.findIndex(({ id }) => id === chart.id)
    if (at < 0) throw new ScriptError('The chart does not exist on this sheet.')
    charts[at] = structuredClone(chart)
  }),
  removeChart: writes((book, { sheetId, chart }: OnSheet<{ id: number }>) => {
    const sheet = sheetIn(book, sheetId)
    sheet.charts = sheet.charts.filter(({ id }) => id !== chart.id)
  }),
}
