import {
  DIMENSIONS,
  type Figure,
  type FigureRow,
  type FigureScope,
  type Interval,
} from '../../../../shared/analytics.ts'
import { wholeStretch } from '../figures/periods.ts'
import { dayAfter, dayOf } from '../figures/zones.ts'
import { addressOf } from './addressing.ts'
import { stretchesOf } from './axes.ts'
import type { TableDefinition } from './report.ts'
import type { Drill } from './table.ts'

/** What a row of a table is about, as filters say it: its days, and the values of what it is split by. */
export type About = Partial<FigureScope>

/** Tells what rows of a figure are about; null of one that has nothing behind it, or that no filter can name. */
export function aboutRows(figure: Figure): (row: FigureRow) => About | null {
  const { by, metric } = figure
  const timeOf = timesOf(figure)
  return ({ at, keys, currency, shares }) => {
    const time = at === null ? {} : timeOf(Date.parse(at))
    if (time === null || shares === 0) return null
    return {
      ...time,
      ...Object.fromEntries(by.map((one, n) => [one, [keys[n] ?? 'none']])),
      ...(currency !== null && metric.dimensions.includes('currency') && { currency: [currency] }),
    }
  }
}

/** The days of a stretch of time; of an hour its day and its hour, unless the clocks show that hour twice. */
function timesOf(figure: Figure): (at: number) => About | null {
  const { interval, period, metric } = figure
  if (interval !== 'hour') return (at) => ({ from: dayOf(period.zone, at), to: lastDay(period, at, interval) })
  if (!metric.dimensions.includes('hour')) return () => null
  const hours = stretchesOf(figure)
  const labels = new Map(hours.map(({ key, label }) => [Date.parse(key), label]))
  const times = new Map<string, number>()
  for (const { label } of hours) times.set(label, (times.get(label) ?? 0) + 1)
  return (at) => {
    const label = labels.get(at)
    if (label === undefined || times.get(label) !== 1) return null
    const day = label.slice(0, 10)
    return { from: day, to: day, hour: [String(Number(label.slice(11, 13)))] }
  }
}

function lastDay({ zone, to }: Figure['period'], at: number, interval: Exclude<Interval, 'hour'>): string {
  if (interval === 'none') return to
  const [, ends] = wholeStretch(zone, at, interval)
  const last = dayAfter(dayOf(zone, ends), -1)
  return last < to ? last : to
}

/** From where a table is drilled. @param scope with its zone */
export function drillOf({ metric, measure }: TableDefinition, scope: FigureScope): Drill {
  const addressed = (about: About) => addressOf('/dashboard/shares', { ...scope, ...about, metric, measure })
  return {
    link: addressed({}),
    rowLink: (about) => (DIMENSIONS.every((one) => isWithin(scope[one], about[one])) ? addressed(about) : null),
  }
}

/** Of a ticket with two tags the row of the other one is told, too: no filter names what has both. */
const isWithin = (wanted: readonly string[] = [], own: readonly string[] = []): boolean =>
  wanted.length === 0 || own.every((one) => wanted.includes(one))
