import type { Cell, ReportTable } from '../../../../shared/analytics.ts'
import type { AxisUnit, Picture, Series } from '../charts/picture.ts'
import { CURRENCY, OF } from './table.ts'
import { cellWords, dayWords, readAs, shortDay } from './writing.ts'

/** More bars than these are not told apart; the table has them all. */
const MOST_BARS = 12

/**
 * What a table looks like: its first column is the axis, its other columns are the series. So a chart has no number that the table has not.
 * @returns nothing where there is nothing to see; one for each currency of money that is drawn as bars
 */
export function picturesOf(table: ReportTable): Picture[] {
  const { chart, rows, columns } = table
  if (chart === 'none' || chart === 'number' || rows.length === 0) return []
  const values = columns.flatMap(({ name, kind }, at) => (at > 0 && kind !== 'text' && name !== OF ? [at] : []))
  const currencyAt = columns.findIndex(({ name }, at) => at > 0 && name === CURRENCY)
  const groups = currencyAt < 0 ? [{ currency: null, rows }] : byCurrency(rows, currencyAt)
  return groups.flatMap(({ currency, rows: own }) => {
    const shown = chart === 'bar' ? own.slice(0, MOST_BARS) : own
    const series = values.map(
      (at): Series => ({
        name: columns[at]?.name ?? '',
        values: shown.map((row) => numberIn(row[at])),
        ...(chart === 'bar' && { words: shown.map((row) => valueWords(table, row, at)) }),
      }),
    )
    if (!series.some(({ values: all }) => all.some((value) => value !== null))) return []
    const unit = unitOf(table, values[0] ?? 1, currency)
    const partial = shown.flatMap((row, at) => (table.partial?.includes(rows.indexOf(row)) ? [at] : []))
    const title = currency !== null && groups.length > 1 ? `${table.title}, ${currency}` : table.title
    return [
      {
        kind: chart,
        title,
        words: wordsOf(table, shown, values),
        places: shown.map(([first]) => placeOf(table, first)),
        series,
        ...(partial.length > 0 && { partial }),
        unit,
      },
    ]
  })
}

const numberIn = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null)

function byCurrency(rows: ReportTable['rows'], at: number) {
  const found = [...new Set(rows.map((row) => row[at]))].filter((one) => typeof one === 'string')
  return found.map((currency) => ({ currency, rows: rows.filter((row) => row[at] === currency) }))
}

/** Money without a column of its own names its currency in the name of the column. */
function unitOf({ columns }: ReportTable, at: number, currency: string | null): AxisUnit {
  const { kind, name, inHours } = columns[at] ?? { kind: 'number', name: '' }
  if (kind === 'length') return { kind, ...(inHours && { inHours }) }
  if (kind === 'share') return { kind }
  if (kind !== 'money') return { kind: 'number' }
  const code = currency ?? currencyIn(name)
  return code === null ? { kind: 'number' } : { kind, currency: code }
}

/** EUR of «Refund (EUR)». */
const currencyIn = (name: string): string | null => /\(([A-Z]{3,4})\)$/.exec(name)?.[1] ?? null

/** A value of a table as people read it. */
export function valueWords({ columns }: Pick<ReportTable, 'columns'>, row: readonly Cell[], at: number): string {
  const { name, ...column } = columns[at] ?? { kind: 'text', name: '' }
  const currencyAt = columns.findIndex((one) => one.name === CURRENCY)
  const currency = row[currencyAt]
  return cellWords(
    row[at] ?? null,
    readAs(column.kind, column),
    typeof currency === 'string' ? currency : currencyIn(name),
  )
}

function placeOf({ columns }: ReportTable, cell: Cell | undefined): string {
  const kind = columns[0]?.kind
  return kind === 'date' || kind === 'instant' ? shortDay(String(cell)) : String(cell ?? '')
}

/** From where to where it goes, and its highest and lowest value. */
function wordsOf({ columns, title }: ReportTable, rows: ReportTable['rows'], values: readonly number[]): string {
  const isTime = columns[0]?.kind !== 'text'
  const [first, last] = [rows[0]?.[0], rows.at(-1)?.[0]].map((cell) => String(cell ?? ''))
  const span =
    isTime && first && last
      ? `${title}, ${dayWords(first.slice(0, 10))} to ${dayWords(last.slice(0, 10))}.`
      : `${title}.`
  const cells = rows.flatMap((row) => values.flatMap((at) => told(columns, row, at, values.length)))
  const highest = cells.toSorted((one, other) => other.value - one.value)[0]
  const lowest = cells.toSorted((one, other) => one.value - other.value)[0]
  return highest && lowest
    ? `${span} Highest: ${highest.words}. Lowest: ${lowest.words}. The numbers stand in the table.`
    : span
}

function told(
  columns: ReportTable['columns'],
  row: readonly Cell[],
  at: number,
  values: number,
): { value: number; words: string }[] {
  const value = numberIn(row[at])
  const [column, first] = [columns[at], columns[0]]
  if (value === null || !column || !first) return []
  const where = [cellWords(row[0] ?? null, first.kind, null), ...(values > 1 ? [column.name] : [])]
  return [{ value, words: `${valueWords({ columns }, row, at)} (${where.join(', ')})` }]
}
