import type { Figure, Interval, ReportTable } from '../../../../shared/analytics.ts'
import { wholeStretch } from '../figures/periods.ts'
import { METRICS } from '../metrics/index.ts'
import { stretchesOf } from './axes.ts'
import { dayWords } from './writing.ts'

const standing = new Set(METRICS.filter(({ kind }) => kind === 'stands').map(({ id }) => id))

/** Whether a figure tells what stands at an instant, and not what happened in a stretch of time. */
export const isStanding = (metric: string): boolean => standing.has(metric)

type Partial = Pick<ReportTable, 'partial' | 'partialWords'>

/**
 * A week of one day looks like a fall: which rows of what adds up are not of a whole stretch of time, and why.
 * @param rowsOfEach how many rows a stretch of time has
 */
export function partialIn(figure: Figure, rowsOfEach: number): Partial {
  const { interval, measure, metric } = figure
  const adds = (measure === 'count' || measure === 'sum') && !isStanding(metric.id)
  if (interval === 'none' || interval === 'hour' || !adds) return {}
  const cut = endsOf(figure).flatMap(({ n, key, label }) => {
    const why = whyCut(figure, Date.parse(key), interval)
    return why === null ? [] : [{ n, words: `${NAMES[interval]}${dayWords(label)}, because ${why}` }]
  })
  const partial = cut.flatMap(({ n }) => Array.from({ length: rowsOfEach }, (_, row) => n * rowsOfEach + row))
  return {
    partial,
    ...(cut.length > 0 && { partialWords: `Not whole: ${cut.map(({ words }) => words).join('; ')}.` }),
  }
}

type Calendar = Exclude<Interval, 'none' | 'hour'>

const NAMES: Record<Calendar, string> = { day: '', week: 'the week with ', month: 'the month with ' }

/** Only the first stretch of time can have begun before the period, and only the last one that has begun can go on. */
function endsOf(figure: Figure): { n: number; key: string; label: string }[] {
  const all = stretchesOf(figure)
  const until = untilOf(figure)
  const last = all.findLastIndex(({ key }) => Date.parse(key) < until)
  return [...new Set([0, last])].flatMap((n) => {
    const found = all[n]
    return found ? [{ n, ...found }] : []
  })
}

/** The end of what is known of it. */
const untilOf = ({ period, freshness }: Figure): number =>
  Math.min(Date.parse(period.toAt), Date.parse(freshness.asOf ?? period.toAt))

/** Why a stretch of time is not whole; null of one that is, and of one that has not begun. */
function whyCut(figure: Figure, at: number, interval: Calendar): string | null {
  const { period, freshness } = figure
  const toAt = Date.parse(period.toAt)
  const until = untilOf(figure)
  if (at >= until) return null
  const [begins, ends] = wholeStretch(period.zone, at, interval)
  const isEarly = begins < at
  const endsEarly = freshness.state === 'behind' ? 'the figures end in it' : 'it is not over'
  if (ends > until && until < toAt) return isEarly ? `the period begins in it and ${endsEarly}` : endsEarly
  if (ends > until) return `the period ${isEarly ? 'begins and ends' : 'ends'} in it`
  return isEarly ? 'the period begins in it' : null
}
