import { DeskError } from '../../../platform/errors.ts'
import type { Row } from '../reading/engine.ts'
import { beginningsOf } from './periods.ts'
import type { Asked } from './statements.ts'
import { dayBegins } from './zones.ts'

/** A row of a figure before it is shown. */
export type MadeRow = {
  at: number | null
  keys: readonly string[]
  value: number | null
  shares: number
  currency: string | null
}

export type Made = {
  rows: MadeRow[]
  totals: Omit<MadeRow, 'at' | 'keys'>[]
  note: string | null
  /** What it is made of is not there at all. */
  isAwaited?: true
}

export const NOTHING_MADE: Made = { rows: [], totals: [], note: null }

export const NOT_BEGUN_WORDS = 'This period has not begun.'

const NOT_BEGUN: Made = {
  rows: [],
  totals: [{ value: null, shares: 0, currency: null }],
  note: NOT_BEGUN_WORDS,
}

type Found = { at: number; keys: readonly string[]; value: number | null; shares: number; currency: string | null }

const MOST_ROWS = 20_000

/** The rows of a figure from those that its statement found. @throws DeskError invalid_request for more rows than anybody reads */
export function figureRows(asked: Asked, found: readonly Row[]): Made {
  const { metric, interval, by } = asked
  if (metric.kind === 'stands' && asked.nowAt <= asked.stretch.fromAt) return NOT_BEGUN
  const totals = found
    .filter(({ whole }) => whole === true)
    .map(totalOf)
    .sort((a, b) => byName.compare(a.currency ?? '', b.currency ?? ''))
  if (metric.unit !== 'money' && totals.length === 0) totals.push({ value: emptyOf(asked), shares: 0, currency: null })
  if (interval === 'none' && by.length === 0)
    return { rows: totals.map((total) => ({ ...total, at: null, keys: [] })), totals, note: null }
  const beginOf = beginnings(asked)
  const cells = found.filter(({ whole }) => whole === false).map((row) => cellOf(asked, row, beginOf))
  const rows = metric.kind === 'stands' ? standing(asked, cells) : happened(asked, cells)
  refuseTooMany(rows.length)
  return { rows: rows.sort(inOrder), totals, note: null }
}

function refuseTooMany(rows: number): void {
  if (rows > MOST_ROWS)
    throw new DeskError(
      'invalid_request',
      `That would be more than ${MOST_ROWS} rows. Choose longer stretches of time, fewer splits or a filter.`,
    )
}

/** Of fractions fourteen digits: threads add up in an order of their own, and the last digits say which one it was. */
export function numberIn(found: Row[string] | undefined): number | null {
  if (found === null || found === undefined) return null
  const value = Number(found)
  return Number.isInteger(value) ? value : Number(value.toPrecision(14))
}

const totalOf = ({ value, shares, currency }: Row) => ({
  value: numberIn(value),
  shares: Number(shares),
  currency: currency === null ? null : String(currency),
})

/** A figure of nothing: how many is 0, and everything else is not known. */
const emptyOf = ({ measure }: Asked): number | null => (measure === 'count' || measure === 'sum' ? 0 : null)

function cellOf({ by }: Asked, row: Row, beginOf: (bucket: number) => number): Found {
  return {
    at: beginOf(Number(row['bucket'])),
    keys: by.map((_, n) => String(row[`k${n}`])),
    value: numberIn(row['value']),
    shares: Number(row['shares']),
    currency: row['currency'] === null ? null : String(row['currency']),
  }
}

/** The instant at which a stretch of time begins, from what the clocks on the wall show then; of an hour it is the instant already. */
function beginnings({ stretch, interval }: Asked): (bucket: number) => number {
  if (interval === 'none') return () => stretch.fromAt
  if (interval === 'hour') return (bucket) => Math.max(bucket, stretch.fromAt)
  const known = new Map<number, number>()
  return (bucket) => {
    const at = known.get(bucket) ?? Math.max(dayBegins(stretch.zone, isoDay(bucket)), stretch.fromAt)
    known.set(bucket, at)
    return at
  }
}

const isoDay = (wall: number) => new Date(wall).toISOString().slice(0, 10)

/** Every stretch of time has a row when nothing else is split. */
function happened(asked: Asked, cells: Found[]): MadeRow[] {
  const { interval, by, stretch, metric } = asked
  if (interval === 'none') return cells.map((cell) => ({ ...cell, at: null }))
  if (by.length > 0 || metric.unit === 'money') return cells
  const known = new Map(cells.map((cell) => [cell.at, cell]))
  return beginningsOf(stretch, interval).map(
    (at) => known.get(at) ?? { at, keys: [], value: emptyOf(asked), shares: 0, currency: null },
  )
}

/** Sums up what came and went, to the end of each stretch of time. Of the future nothing is told. */
function standing(asked: Asked, cells: Found[]): MadeRow[] {
  const { interval, stretch, nowAt } = asked
  const begins = beginningsOf(stretch, interval).filter((at) => at < nowAt)
  const byKeys = new Map<string, Found[]>()
  for (const cell of cells) {
    const name = JSON.stringify([cell.keys, cell.currency])
    byKeys.set(name, [...(byKeys.get(name) ?? []), cell])
  }
  refuseTooMany(byKeys.size * begins.length)
  if (byKeys.size === 0 && asked.by.length === 0 && asked.metric.unit !== 'money')
    return begins.map((at) => ({ at, keys: [], value: 0, shares: 0, currency: null }))
  const rows = [...byKeys.values()].flatMap((all) => runningSum(all, begins, interval === 'none'))
  return interval === 'none' ? rows.filter(({ shares }) => shares > 0) : rows
}

function runningSum(cells: readonly Found[], begins: readonly number[], isWhole: boolean): MadeRow[] {
  const [first] = cells
  if (!first) return []
  const changes = new Map<number, { value: number; shares: number }>()
  for (const { at, value, shares } of cells) {
    const known = changes.get(at) ?? { value: 0, shares: 0 }
    changes.set(at, { value: known.value + (value ?? 0), shares: known.shares + shares })
  }
  let [value, shares] = [0, 0]
  return begins.map((at) => {
    const change = changes.get(at)
    value += change?.value ?? 0
    shares += change?.shares ?? 0
    return { at: isWhole ? null : at, keys: first.keys, value, shares, currency: first.currency }
  })
}

/** The oldest first; of the same time the largest. */
const inOrder = (a: MadeRow, b: MadeRow): number =>
  (a.at ?? 0) - (b.at ?? 0) ||
  (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY) ||
  byName.compare(a.keys.join(' '), b.keys.join(' ')) ||
  byName.compare(a.currency ?? '', b.currency ?? '')

const byName = new Intl.Collator('en', { numeric: true })
