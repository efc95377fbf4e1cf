import {
  DIMENSIONS,
  type Dimension,
  type FigureScope,
  type Interval,
  type Measure,
} from '../../../../shared/analytics.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Values } from '../reading/engine.ts'
import type { Narrowing, OfTicket, Within } from '../reading/views.ts'
import { beginOfTime, keyOfTime, onTheWall } from './clock-keys.ts'
import { columnOf, isOfTickets, needsTicket } from './columns.ts'
import type { Stretch } from './periods.ts'

/** @param within which rows it can be about */
export type Statement = { sql: string; values: Values; within: Narrowing | null }

/** What a figure is asked, when everything about it is known. */
export type Asked = {
  metric: Metric
  measure: Measure
  interval: Interval
  by: readonly Dimension[]
  filters: Partial<FigureScope>
  stretch: Stretch
  /** The end of what can be known: of what stands, nothing is told about later. */
  nowAt: number
  /** Leaves out tickets that are history from before the go-live. */
  isLive?: boolean
}

/** Made of the shares themselves. */
const MIDDLES: Partial<Record<Measure, string>> = {
  median: 'quantile_cont(value, 0.5)::double',
  p90: 'quantile_cont(value, 0.9)::double',
}

/** Sums of which a figure is made, and which can be summed up further: `cells` have them, one row for each stretch of time and key. */
type Sums = { ofShares: string; ofSums: string; figure: string }

const COUNTED_SHARES = 'count(*) as shares'
const SUMMED_SHARES = 'coalesce(sum(shares), 0) as shares'

function sumsOf({ weighed }: Metric, measure: Measure): Sums {
  if (measure === 'count') return { ofShares: COUNTED_SHARES, ofSums: SUMMED_SHARES, figure: 'shares::double' }
  const total = { ofShares: `sum(value) as total, ${COUNTED_SHARES}`, ofSums: `sum(total) as total, ${SUMMED_SHARES}` }
  if (measure === 'sum') return { ...total, figure: 'coalesce(total, 0)::double' }
  return {
    ofShares: `${total.ofShares}, ${weighed ? 'sum(weight)' : 'count(value)'} as parts`,
    ofSums: `${total.ofSums}, sum(parts) as parts`,
    figure: 'total::double / nullif(parts, 0)::double',
  }
}

/**
 * Rows of a figure, and with `whole` the figure of the whole period: of one scan. Columns: whole, bucket (by the clocks of the zone, in
 * milliseconds), k0, k1, currency, value, shares.
 */
export function statementOf(asked: Asked): Statement {
  return { sql: sqlOf(asked), values: { ...period(asked), ...filterValues(asked) }, within: withinOf(asked) }
}

function sqlOf(asked: Asked): string {
  const { metric, measure, interval, by } = asked
  const isSplit = interval !== 'none' || by.length > 0
  const middle = MIDDLES[measure]
  if (metric.kind === 'stands') return standing(asked, isSplit)
  const columns = [
    `${keyOfTime(asked, 's.at', 's.')} as bucket`,
    's.value as value',
    ...(metric.weighed ? ['s.weight as weight'] : []),
    ...currencyIn(metric),
    ...keysOf(asked),
  ]
  const picked = picking(asked, columns, HAPPENED, 's.at')
  if (!middle) return summed(asked, picked, isSplit)
  const figure = `${middle} as value, count(*)::double as shares`
  const currency = metric.unit === 'money' ? 'currency' : ''
  const whole = () => wholeOf(asked, figure, 'picked', currency && `group by ${currency}`)
  if (!isSplit) return `${picked}\n${whole()}`
  if (by.includes('tag'))
    return `${picked}\n${rowsOf(asked, figure, `(${spread(by)})`, 'group by all')} union all ${whole()}`
  const keys = ['bucket', ...by.map((_, n) => `k${n}`), ...(currency ? [currency] : [])].join(', ')
  return `${picked}
select grouping(bucket) = 1 as whole, ${beginOfTime(asked)} as bucket, ${listOf(by)}${currencyShown(metric)}, ${figure}
from picked group by grouping sets ((${keys}), (${currency}))`
}

/** What can be summed up is summed once; a ticket with two tags is in the whole once, and in its rows twice. */
function summed(asked: Asked, picked: string, isSplit: boolean): string {
  const { metric, measure, by } = asked
  const { ofShares, ofSums, figure } = sumsOf(metric, measure)
  const shown = `${figure} as value, shares::double as shares`
  const currency = currencyKey(metric)
  const whole = (from: string, sums: string) =>
    wholeOf(asked, shown, `(select ${currency}${sums} from ${from} group by all)`)
  if (!isSplit) return `${picked}\n${whole('picked', ofShares)}`
  return `${picked},
cells as (select bucket, ${listOf(by)}${currency}${ofShares} from (${spread(by)}) group by all)
${rowsOf(asked, shown, 'cells')} union all ${by.includes('tag') ? whole('picked', ofShares) : whole('cells', ofSums)}`
}

const listOf = (by: readonly Dimension[]): string => by.map((_, n) => `k${n}, `).join('')
const noKeys = (by: readonly Dimension[]): string => by.map((_, n) => `null::varchar as k${n}, `).join('')
const currencyKey = ({ unit }: Metric): string => (unit === 'money' ? 'currency, ' : '')
const currencyShown = ({ unit }: Metric): string => (unit === 'money' ? 'currency' : 'null::varchar as currency')
const currencyIn = (metric: Metric): string[] => (metric.unit === 'money' ? [`${currencyOf(metric)} as currency`] : [])

const rowsOf = (asked: Asked, figure: string, from: string, groups = ''): string =>
  `select false as whole, ${beginOfTime(asked)} as bucket, ${listOf(asked.by)}${currencyShown(asked.metric)}, ${figure} from ${from} ${groups}`

const wholeOf = ({ metric, by }: Asked, figure: string, from: string, groups = ''): string =>
  `select true as whole, null::double as bucket, ${noKeys(by)}${currencyShown(metric)}, ${figure} from ${from} ${groups}`

const HAPPENED = 's.at >= epoch_ms($from::bigint) and s.at < epoch_ms($to::bigint)'
/** Also of what no longer does, when it still did as the period began. */
const STOOD = 's.from_at < epoch_ms($to::bigint) and (s.until_at is null or s.until_at >= epoch_ms($from::bigint))'
const STANDS = '(s.until_at is null or s.until_at >= epoch_ms($to::bigint))'

/** Each ticket counts once for each of its tags. */
const spread = (by: readonly Dimension[]): string =>
  by.includes('tag')
    ? `select * replace (${by.flatMap((one, n) => (one === 'tag' ? [`unnest(k${n}) as k${n}`] : [])).join(', ')}) from picked`
    : 'from picked'

/**
 * What stands: how much came into standing and went out of it in each stretch of time. What stood when the period began came in with it;
 * the running sum is made of the few rows that this gives.
 */
function standing(asked: Asked, isSplit: boolean): string {
  const { metric, measure, by } = asked
  const columns = [
    `${keyOfTime(asked, 's.enter_at', 's.enter_')} as bucket`,
    `if(${STANDS}, null, ${keyOfTime(asked, 's.until_at', 's.leave_')}) as left_in`,
    `${STANDS} as stays`,
    `${measure === 'count' ? '1' : 's.value'} as value`,
    ...currencyIn(metric),
    ...keysOf(asked),
  ]
  const picked = picking(asked, columns, STOOD, null)
  const figure = 'coalesce(sum(value), 0)::double as value, coalesce(sum(shares), 0)::double as shares'
  const counted = (keys: string, from: string) =>
    `select ${keys}stays, ${currencyKey(metric)}sum(value) as value, count(*) as shares from ${from} group by all`
  const wholeIn = (from: string) =>
    wholeOf(asked, figure, `(from ${from} where stays)`, metric.unit === 'money' ? 'group by currency' : '')
  if (!isSplit) return `${picked}\n${wholeIn(`(${counted('', 'picked')})`)}`
  const moved = `(select * exclude (left_in, stays) from cells
    union all by name select * exclude (left_in, stays) replace (left_in as bucket, -value as value, -shares as shares) from cells where not stays)`
  return `${picked},
cells as (${counted(`bucket, left_in, ${listOf(by)}`, `(${spread(by)})`)})
${rowsOf(asked, figure, moved, 'group by all')} union all ${wholeIn(by.includes('tag') ? `(${counted('', 'picked')})` : 'cells')}`
}

/** Where a list of shares goes on: behind this one. */
export type Place = { at: number; id: string } | null

/** The shares of a figure, the newest first. Columns: id, ticket_id, number (of its ticket), who (the person whose it is, where the share names one), us (when, in microseconds), value, currency. */
export function listingOf(asked: Asked, place: Place, limit: number): Statement {
  const { metric } = asked
  const happens = metric.kind === 'happened'
  const at = happens ? 's.at' : 's.from_at'
  const within = happens ? HAPPENED : `${STOOD} and ${STANDS}`
  const columns = [...shareColumns(metric, at), `${metric.withTicket ? 's' : 't'}.number as number`]
  const behind = place ? 'where us < $place_us or (us = $place_us and id < $place_id)' : ''
  return {
    sql: `${picking(asked, columns, within, at, !metric.withTicket)}
from picked ${behind} order by us desc, id desc limit ${limit}`,
    values: {
      ...period(asked),
      ...filterValues(asked),
      ...(place && { place_us: place.at, place_id: place.id }),
    },
    within: withinOf(asked),
  }
}

/** The shares of one ticket, the oldest first, with the same columns. */
export function ticketSharesOf(metric: Metric, of: OfTicket, nowAt: number): Statement {
  const at = metric.kind === 'happened' ? 's.at' : 's.from_at'
  const sql = `with share as (${metric.sql})
select ${[...shareColumns(metric, at), 't.number as number'].join(', ')}
from share as s join ticket as t on t.id = s.ticket_id
where s.ticket_id = $ticket_id order by us, s.id`
  return { sql, values: { ticket_id: of.ticketId, ...nowOf(metric, nowAt) }, within: of }
}

const shareColumns = (metric: Metric, at: string): string[] => [
  's.id as id',
  's.ticket_id as ticket_id',
  `${metric.brings.agent ? `s."${metric.brings.agent}"::varchar` : 'null::varchar'} as who`,
  `epoch_us(${at})::double as us`,
  's.value::double as value',
  `${weightOf(metric)} as weight`,
  `${currencyOf(metric)} as currency`,
]

/** The shares of the period that fit the filters, with the columns that are asked for. */
function picking(asked: Asked, columns: readonly string[], within: string, at: string | null, joins = false): string {
  const { metric, stretch } = asked
  const own = at === null ? standingColumns(stretch) : `, ${onTheWall(stretch, at)}`
  const leavesOut = asked.isLive === true && isOfTickets(metric)
  const isJoined = joins || (leavesOut && !metric.withTicket) || needsTicket(metric, [...asked.by, ...filtered(asked)])
  const join = isJoined ? 'left join ticket as t on t.id = s.ticket_id' : ''
  const conditions = [
    ...filtered(asked).map((one) => fits(metric, one)),
    ...(leavesOut ? [`not coalesce(${metric.withTicket ? 's' : 't'}.historical, false)`] : []),
  ]
  return `with share as (${metric.sql}),
placed as (select s.*${own} from share as s where ${within}),
picked as (select ${columns.join(', ')} from placed as s ${join}${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''})`
}

function standingColumns(stretch: Stretch): string {
  const part = (name: string, at: string) => `, ${onTheWall(stretch, at, name)}`
  const enters = 'greatest(s.from_at, epoch_ms($from::bigint))'
  return `, ${enters} as enter_at${part('enter_', enters)}${part('leave_', 's.until_at')}`
}

const currencyOf = ({ unit }: Metric): string => (unit === 'money' ? 's.currency' : 'null::varchar')

const weightOf = ({ weighed }: Metric): string => (weighed ? 's.weight::double' : 'null::double')

const keysOf = ({ metric, by }: Asked): string[] => by.map((one, n) => `${keyOf(metric, one)} as k${n}`)

/** The value of a dimension as filters take it. */
function keyOf(metric: Metric, dimension: Dimension): string {
  const column = columnOf(metric, dimension)
  return dimension === 'tag'
    ? `case when len(coalesce(${column}, [])) = 0 then ['none'] else ${column} end`
    : `coalesce(${column}::varchar, 'none')`
}

const fits = (metric: Metric, dimension: Dimension): string =>
  dimension === 'tag'
    ? `list_has_any(${keyOf(metric, dimension)}, $filter_${dimension}::varchar[])`
    : `list_contains($filter_${dimension}::varchar[], ${keyOf(metric, dimension)})`

/** The dimensions that something is asked of. */
const filtered = ({ filters }: Pick<Asked, 'filters'>): Dimension[] =>
  DIMENSIONS.filter((one) => (filters[one] ?? []).length > 0)

function filterValues(asked: Pick<Asked, 'filters'>): Values {
  return Object.fromEntries(filtered(asked).map((one) => [`filter_${one}`, asked.filters[one] ?? []]))
}

const period = ({ stretch, metric, nowAt }: Asked): Values => ({
  from: stretch.fromAt,
  to: endOf({ stretch, metric, nowAt }),
  ...nowOf(metric, nowAt),
})

const endOf = ({ stretch, metric, nowAt }: Pick<Asked, 'stretch' | 'metric' | 'nowAt'>): number =>
  metric.kind === 'stands' ? Math.min(stretch.toAt, nowAt) : stretch.toAt

const withinOf = (asked: Asked): Within => ({
  reads: asked.metric.reads,
  fromAt: asked.stretch.fromAt,
  toAt: endOf(asked),
})

/** A statement takes no values that it does not name. */
const nowOf = ({ sql }: Metric, nowAt: number): Values => (sql.includes('$now') ? { now: nowAt } : {})

/**
 * The next shares of a period, the oldest first, with columns of their own: what a file of rows is read by, piece after piece.
 * @param columns SQL of each, of a share `s` and its ticket `t`; `us` (when, in microseconds) and `id` are there besides
 * @param after behind this one; null begins with the period
 */
export function nextOf(
  asked: Asked,
  columns: Readonly<Record<string, string>>,
  after: Place,
  limit: number,
): Statement {
  const list = Object.entries(columns).map(([name, sql]) => `${sql} as "${name}"`)
  const behind = after ? 'where us > $after_us or (us = $after_us and id > $after_id)' : ''
  return {
    sql: `${picking(asked, ['s.id as id', 'epoch_us(s.at)::double as us', ...list], HAPPENED, 's.at', !asked.metric.withTicket)}
from picked ${behind} order by us, id limit ${limit}`,
    values: { ...period(asked), ...filterValues(asked), ...(after && { after_us: after.at, after_id: after.id }) },
    within: withinOf(asked),
  }
}
