import {
  type Cell,
  type CellKind,
  type Figure,
  type FigureRow,
  type ReportTable,
  USUAL_ROWS,
} from '../../../../shared/analytics.ts'
import { DIMENSION_WORDS, type Place, placesOf, stretchesOf } from './axes.ts'
import { type About, aboutRows } from './drilling.ts'
import { isStanding, partialIn } from './partial.ts'
import type { TableDefinition } from './report.ts'
import { cellOf, cellWords, cutWords, kindOf, readAs } from './writing.ts'

/** Name of the column that says what money is of. */
export const CURRENCY = 'Currency'
/** Name of the column that says of how many shares a figure is made. */
export const OF = 'Of'

/** Links of more rows than these weigh more than their figures. */
const MOST_LINKED = 1_000

/** More columns side by side are not read. */
const MOST_COLUMNS = 8

const MEASURE_WORDS = {
  count: '',
  sum: '',
  share: '',
  average: ', average',
  median: ', median',
  p90: ', 90th percentile',
}

/** Pages with what a figure is made of: of all of it, and of a row. */
export type Drill = { link: string; rowLink: (about: About) => string | null }

/** A figure as a table. @param mostRows more are cut off, which the note says */
export function tableOf(
  definition: TableDefinition,
  figure: Figure,
  { link, rowLink }: Drill,
  mostRows = USUAL_ROWS,
): ReportTable {
  const kind = kindOf(figure.metric.unit, figure.measure === 'count')
  if (figure.freshness.state === 'missing') return empty(definition, figure, link)
  const laid = isPivot(definition, figure) ? pivot(figure, kind) : long(figure, kind)
  const rows = laid.rows(mostRows)
  const cut = cutWords(rows.length, laid.allRows)
  return {
    id: definition.id,
    title: definition.title,
    sentence: sentenceOf(figure),
    chart: definition.chart,
    columns: laid.columns,
    rows,
    ...partialIn(figure, isPivot(definition, figure) ? 1 : Math.max(1, currenciesIn(figure).length)),
    ...(rows.length <= MOST_LINKED && {
      rowLinks: laid.abouts(mostRows).map((about) => about && rowLink(about)),
    }),
    allRows: laid.allRows,
    totals: byCurrency(figure, figure.totals).map(({ value, currency }) => {
      const cell = cellOf(value, kind, currency)
      return { value: cell, kind, currency, words: cellWords(cell, readAs(kind, figure.metric), currency) }
    }),
    note: [figure.note, definition.caution ?? null, laid.note, cut].filter((words) => words !== null).join(' ') || null,
    link,
  }
}

const sentenceOf = ({ metric, measure }: Figure): string =>
  `${metric.sentence} (${metric.name}${MEASURE_WORDS[measure]}, version ${metric.version})`

/** Nothing is known, which is not that nothing happened. */
const empty = ({ id, title, chart }: TableDefinition, figure: Figure, link: string): ReportTable => ({
  ...{ id, title, chart, link, sentence: sentenceOf(figure), note: figure.note },
  ...{ columns: [], rows: [], allRows: 0, totals: [] },
})

/**
 * @param rows so many of the first ones: years of hours have thousands
 * @param abouts what each of these is about; null where nothing is behind it
 */
type Laid = {
  columns: ReportTable['columns']
  allRows: number
  rows: (most: number) => Cell[][]
  abouts: (most: number) => (About | null)[]
  note: string | null
}

/** A split over time, and two splits that are drawn as squares, stand side by side. */
const isPivot = ({ chart }: TableDefinition, { interval, by }: Figure): boolean =>
  (interval !== 'none' && by.length > 0) || (by.length === 2 && chart === 'heat')

const valueName = ({ metric, measure }: Figure): string => `${metric.name}${MEASURE_WORDS[measure]}`

const valueColumn = (
  { metric: { inHours } }: Figure,
  name: string,
  kind: CellKind,
): ReportTable['columns'][number] => ({
  name,
  kind,
  ...(inHours && kind === 'length' && { inHours }),
})

const timeKind = ({ interval }: Figure): CellKind => (interval === 'hour' ? 'instant' : 'date')

/** A row for each value that the figure has. */
function long(figure: Figure, kind: CellKind): Laid {
  const { interval, by, measure } = figure
  const isMoney = kind === 'money'
  const tells = measure !== 'count' && measure !== 'sum'
  const columns: Laid['columns'] = [
    ...(interval === 'none' ? [] : [{ name: 'When', kind: timeKind(figure) }]),
    ...by.map((one) => ({ name: DIMENSION_WORDS[one], kind: 'text' as const })),
    ...(isMoney ? [{ name: CURRENCY, kind: 'text' as const }] : []),
    valueColumn(figure, valueName(figure), kind),
    ...(tells ? [{ name: OF, kind: 'number' as const }] : []),
  ]
  const ordered = inOrder(figure)
  const aboutRow = aboutRows(figure)
  const rows = (most: number) =>
    ordered
      .slice(0, most)
      .map(({ when, row }) => [
        ...when,
        ...row.labels,
        ...(isMoney ? [row.currency] : []),
        cellOf(row.value, kind, row.currency),
        ...(tells ? [row.shares] : []),
      ])
  const abouts = (most: number) => ordered.slice(0, most).map(({ row }) => aboutRow(row))
  return { columns, allRows: ordered.length, rows, abouts, note: null }
}

/** The currencies of a figure, the one with most behind it first; without money there is one that is null. */
const currenciesOf = ({ totals }: Figure): (string | null)[] =>
  totals.toSorted((one, other) => other.shares - one.shares).map(({ currency }) => currency)

/** Those of its rows, in the same order. */
function currenciesIn(figure: Figure): (string | null)[] {
  const known = new Set(figure.rows.map(({ currency }) => currency))
  const ordered = currenciesOf(figure).filter((currency) => known.has(currency))
  return [...ordered, ...[...known].filter((currency) => !ordered.includes(currency))]
}

/** One currency below the other: amounts of two cannot be told apart by their size. */
function byCurrency(figure: Figure, rows: readonly FigureRow[]): FigureRow[] {
  const ranks = new Map(currenciesOf(figure).map((currency, rank) => [currency, rank]))
  const rankOf = ({ currency }: FigureRow): number => ranks.get(currency) ?? ranks.size
  return rows.toSorted((one, other) => rankOf(one) - rankOf(other))
}

type Ordered = { when: string[]; row: FigureRow }[]

/** By time, else by the places of what it is split by. Stretches of time in which nothing happened are rows, too. */
function inOrder(figure: Figure): Ordered {
  const { rows, by, interval } = figure
  if (interval !== 'none') return overTime(figure)
  if (by.length === 0)
    return (figure.totals.length > 0 ? byCurrency(figure, figure.totals) : [emptyRow(figure, null, null)]).map(
      (row) => ({
        when: [],
        row,
      }),
    )
  if (by.length === 1)
    return currenciesIn(figure).flatMap((currency) => {
      const own = rows.filter((row) => row.currency === currency)
      const places = new Map(placesOf({ by, rows: own }, 0).map(({ key }, rank) => [key, rank]))
      const placeOf = ({ keys }: FigureRow): number => places.get(keys[0] ?? '') ?? 0
      return own.toSorted((one, other) => placeOf(one) - placeOf(other)).map((row) => ({ when: [], row }))
    })
  const ranks = by.map((_, at) => new Map(placesOf(figure, at).map(({ key }, rank) => [key, rank])))
  const rankOf = ({ keys }: FigureRow, at: number): number => ranks[at]?.get(keys[at] ?? '') ?? 0
  return rows
    .toSorted((one, other) => rankOf(one, 0) - rankOf(other, 0) || rankOf(one, 1) - rankOf(other, 1))
    .map((row) => ({ when: [], row }))
}

function overTime(figure: Figure): Ordered {
  const found = new Map(figure.rows.map((row) => [`${row.at} ${row.currency ?? ''}`, row]))
  const currencies = currenciesIn(figure)
  return stretchesOf(figure).flatMap(({ key, label }) =>
    (currencies.length > 0 ? currencies : [null]).map((currency) => ({
      when: [label],
      row: found.get(`${key} ${currency ?? ''}`) ?? emptyRow(figure, key, currency),
    })),
  )
}

/** What is counted or added up is nothing where nothing happened; of the rest there is no figure, nor of what is still to come. */
function emptyValue({ measure, metric, freshness: { asOf } }: Figure, at: string | null): number | null {
  if (isStanding(metric.id) || (at !== null && asOf !== null && at > asOf)) return null
  return measure === 'count' || measure === 'sum' ? 0 : null
}

const emptyRow = (figure: Figure, at: string | null, currency: string | null): FigureRow => ({
  at,
  keys: [],
  labels: [],
  value: emptyValue(figure, at),
  shares: 0,
  currency,
})

/** Stretches of time, or values of the first split, below each other; values of the last split side by side. */
function pivot(figure: Figure, kind: CellKind): Laid {
  const { interval, by, rows } = figure
  const isOverTime = interval !== 'none'
  const down = isOverTime ? stretchesOf(figure) : placesOf(figure, 0)
  const across = columnsOf(figure, by.length - 1)
  const shown = across.slice(0, by[by.length - 1] === 'weekday' ? across.length : MOST_COLUMNS)
  const found = new Map(
    rows.map((row) => [cellKey(isOverTime ? (row.at ?? '') : (row.keys[0] ?? ''), columnKey(row, by.length - 1)), row]),
  )
  return {
    columns: [
      isOverTime
        ? { name: 'When', kind: timeKind(figure) }
        : { name: DIMENSION_WORDS[by[0] ?? 'category'], kind: 'text' },
      ...shown.map(({ label }) => valueColumn(figure, label, kind)),
    ],
    allRows: down.length,
    rows: (most) =>
      down.slice(0, most).map(({ key, label }) => [
        label,
        ...shown.map((column) => {
          const row = found.get(cellKey(key, column.key))
          return cellOf(row ? row.value : emptyValue(figure, isOverTime ? key : null), kind, row?.currency ?? null)
        }),
      ]),
    abouts: (most) => aboutDown(figure, down.slice(0, most)),
    note: across.length > shown.length ? `The ${shown.length} with most of ${across.length} are shown.` : null,
  }
}

/** What all cells beside each other are about. */
function aboutDown(figure: Figure, down: readonly Place[]): (About | null)[] {
  const isOverTime = figure.interval !== 'none'
  const aboutRow = aboutRows({ ...figure, by: isOverTime ? [] : figure.by.slice(0, 1) })
  const found = new Map<string, FigureRow>()
  for (const row of figure.rows) {
    const key = (isOverTime ? row.at : row.keys[0]) ?? ''
    if (row.shares > 0) found.set(key, { ...row, currency: found.has(key) ? null : row.currency })
  }
  return down.map(({ key }) => {
    const row = found.get(key)
    return row ? aboutRow(row) : null
  })
}

const cellKey = (down: string, across: string): string => `${down}\n${across}`
const columnKey = ({ keys, currency }: FigureRow, at: number): string => `${keys[at]}\n${currency ?? ''}`

/** Of money, a value has a column for each currency. */
function columnsOf(figure: Figure, at: number): Place[] {
  const currencies = currenciesIn(figure)
  const known = new Set(figure.rows.map((row) => columnKey(row, at)))
  return placesOf(figure, at).flatMap(({ key, label }) =>
    (currencies.length > 0 ? currencies : [null])
      .map((currency) => ({
        key: `${key}\n${currency ?? ''}`,
        label: currency === null ? label : `${label} (${currency})`,
      }))
      .filter((place) => currencies.length <= 1 || known.has(place.key)),
  )
}
