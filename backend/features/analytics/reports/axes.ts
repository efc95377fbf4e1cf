import type { Dimension, Figure, FigureRow, Interval } from '../../../../shared/analytics.ts'
import { dayIn, keptByZone } from '../../../platform/calendar.ts'
import { keptFew } from '../figures/kept-few.ts'
import { beginningsOf } from '../figures/periods.ts'

/** A place of a table: how rows of a figure say it, and how people read it. */
export type Place = { key: string; label: string }

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour))
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7']
const PRIORITIES = ['urgent', 'high', 'normal', 'low', 'none']

/** Dimensions with an order of their own. Hours and days of the week are there also when nothing happened in them. */
const ORDERED: Partial<Record<Dimension, { keys: readonly string[]; all: boolean }>> = {
  hour: { keys: HOURS, all: true },
  weekday: { keys: WEEKDAYS, all: true },
  priority: { keys: PRIORITIES, all: false },
}

export const DIMENSION_WORDS: Record<Dimension, string> = {
  category: 'Category',
  priority: 'Priority',
  mailbox: 'Mailbox',
  channel: 'Channel',
  tag: 'Tag',
  agent: 'Agent',
  tier: 'Customer tier',
  language: 'Language',
  hour: 'Hour',
  weekday: 'Day of the week',
  target: 'Target',
  policy: 'Policy',
  reason: 'Reason',
  step: 'Kind',
  product: 'Product',
  line: 'Order line',
  customer: 'Customer',
  break: 'Break',
  currency: 'Currency',
}

/**
 * The values of a dimension that a figure is split by, in the order of a table: their own, else the most first.
 * @param at which of the dimensions
 */
export function placesOf({ by, rows }: Pick<Figure, 'by' | 'rows'>, at: number): Place[] {
  const labels = new Map(rows.map(({ keys, labels: words }) => [keys[at] ?? '', words[at] ?? '']))
  const dimension = by[at]
  const own = dimension && ORDERED[dimension]
  if (own) {
    const strange = [...labels.keys()].filter((key) => !own.keys.includes(key))
    return [...own.keys.filter((key) => own.all || labels.has(key)), ...strange].map((key) => ({
      key,
      label: labels.get(key) ?? plainLabel(dimension, key),
    }))
  }
  const sums = sumsOf(rows, at)
  return [...labels]
    .map(([key, label]) => ({ key, label }))
    .toSorted((one, other) => (sums.get(other.key) ?? 0) - (sums.get(one.key) ?? 0) || compared(one.label, other.label))
}

/** By value where every place has one row, else by how much is behind them. */
function sumsOf(rows: readonly FigureRow[], at: number): Map<string, number> {
  const isOne = new Set(rows.map(({ keys }) => keys[at])).size === rows.length
  const sums = new Map<string, number>()
  for (const { keys, value, shares } of rows) {
    const key = keys[at] ?? ''
    sums.set(key, (sums.get(key) ?? 0) + (isOne ? (value ?? Number.NEGATIVE_INFINITY) : shares))
  }
  return sums
}

const compared = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const plainLabel = (dimension: Dimension, key: string): string =>
  dimension === 'weekday' ? (DAYS[Number(key) - 1] ?? key) : `${key.padStart(2, '0')}:00`

/** Every stretch of time that a figure is told for, by the instant as its rows say it. */
export const stretchesOf = keptFew(
  ({ period: { from, to, zone }, interval }: Pick<Figure, 'period' | 'interval'>) =>
    `${from} ${to} ${zone} ${interval}`,
  ({ period, interval }): readonly Place[] =>
    beginningsOf({ ...period, fromAt: Date.parse(period.fromAt), toAt: Date.parse(period.toAt) }, interval).map(
      (at) => ({ key: new Date(at).toISOString(), label: momentCell(period.zone, at, interval) }),
    ),
)

/** YYYY-MM-DD, of hours YYYY-MM-DD HH:mm, by the clocks of the zone. */
function momentCell(zone: string, at: number, interval: Interval): string {
  const day = dayIn(zone, new Date(at))
  return interval === 'hour' ? `${day} ${clockIn(zone, at)}` : day
}

const clocks = keptByZone(
  (timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
)
const clockIn = (timeZone: string, at: number): string => clocks(timeZone).format(at)
