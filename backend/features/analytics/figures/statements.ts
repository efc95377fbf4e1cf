import {
  DIMENSIONS,
  type Dimension,
  type FigureScope,
  type Interval,
  type Measure,
} from '../../../../shared/analytics.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Values } from '../reading/engine.ts'
import { columnOf, isOfTickets, needsTicket, offsetOf } from './columns.ts'
import type { Stretch } from './periods.ts'

export type Statement = { sql: string; values: Values }

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

const AGGREGATES: Record<Measure, string> = {
  count: 'count(*)::double',
  sum: 'coalesce(sum(value), 0)::double',
  average: 'avg(value)::double',
  median: 'quantile_cont(value, 0.5)::double',
  p90: 'quantile_cont(value, 0.9)::double',
  share: 'avg(value)::double',
}

const WEIGHED: Partial<Record<Measure, string>> = {
  average: '(sum(value) / nullif(sum(weight), 0))::double',
  share: '(sum(value) / nullif(sum(weight), 0))::double',
}

const aggregateOf = (metric: Metric, measure: Measure): string =>
  (metric.weighed && WEIGHED[measure]) || AGGREGATES[measure]

/**
 * Rows of a figure, and with `whole` the figure of the whole period: of one scan. Columns: whole, bucket (by the clocks of the zone, in
 * milliseconds), k0, k1, currency, value, shares.
 */
export function statementOf(asked: Asked): Statement {
  return asked.metric.kind === 'happened' ? happened(asked) : standing(asked)
}

function happened(asked: Asked): Statement {
  const { metric, measure, interval, by } = asked
  const keys = by.map((_, n) => `k${n}`)
  const figure = `${aggregateOf(metric, measure)} as value, count(*)::double as shares`
  const whole = `select true as whole, null::double as bucket, ${keys.map((key) => `null::varchar as ${key}, `).join('')}currency, ${figure} from picked group by currency`
  const rows = `select false as whole, bucket, ${keys.map((key) => `${key}, `).join('')}currency, ${figure} from (${spread(by)}) group by all`
  const isSplit = interval !== 'none' || by.length > 0
  const columns = [
    `${bucketOf(interval)} as bucket`,
    's.value::double as value',
    `${weightOf(metric)} as weight`,
    `${currencyOf(metric)} as currency`,
  ]
  return {
    sql: `${picking(asked, [...columns, ...keysOf(asked)], HAPPENED, 's.at')}
${isSplit ? `${rows} union all ${whole}` : whole}`,
    values: { ...period(asked), ...filterValues(asked) },
  }
}

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
function standing(asked: Asked): Statement {
  const { metric, measure, by, interval } = asked
  const keys = by.map((_, n) => `k${n}`)
  const columns = [
    `${bucketOf(interval, 'enter')} as bucket`,
    `${bucketOf(interval, 'leave')} as left_in`,
    `${STANDS} as stays`,
    `${measure === 'count' ? '1' : 's.value'}::double as value`,
    `${currencyOf(metric)} as currency`,
  ]
  const list = keys.map((key) => `${key}, `).join('')
  const whole = `select true as whole, null::double as bucket, ${keys.map((key) => `null::varchar as ${key}, `).join('')}currency, sum(value)::double as value, count(*)::double as shares from picked where stays group by currency`
  const rows = `select false as whole, bucket, ${list}currency, sum(value * sign)::double as value, sum(sign)::double as shares
    from (select *, 1 as sign from (${spread(by)}) union all by name select * replace (left_in as bucket), -1 as sign from (${spread(by)}) where not stays)
    group by all`
  return {
    sql: `${picking(asked, [...columns, ...keysOf(asked)], STOOD, null)}
${interval === 'none' && by.length === 0 ? whole : `${rows} union all ${whole}`}`,
    values: { ...period(asked), ...filterValues(asked) },
  }
}

/** Where a list of shares goes on: behind this one. */
export type Place = { at: number; id: string } | null

/** The shares of a figure, the newest first. Columns: id, ticket_id, number (of its ticket), us (when, in microseconds), value, currency. */
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
  }
}

/** The shares of one ticket, the oldest first, with the same columns. */
export function ticketSharesOf(metric: Metric, ticketId: string, nowAt: number): Statement {
  const at = metric.kind === 'happened' ? 's.at' : 's.from_at'
  const sql = `with share as (${metric.sql})
select ${[...shareColumns(metric, at), 't.number as number'].join(', ')}
from share as s join ticket as t on t.id = s.ticket_id
where s.ticket_id = $ticket_id order by us, s.id`
  return { sql, values: { ticket_id: ticketId, ...nowOf(metric, nowAt) } }
}

const shareColumns = (metric: Metric, at: string): string[] => [
  's.id as id',
  's.ticket_id as ticket_id',
  `epoch_us(${at})::double as us`,
  's.value::double as value',
  `${weightOf(metric)} as weight`,
  `${currencyOf(metric)} as currency`,
]

/** The shares of the period that fit the filters, with the columns that are asked for. */
function picking(asked: Asked, columns: readonly string[], within: string, at: string | null, joins = false): string {
  const { metric, stretch } = asked
  const { offset, since } = offsetOf(stretch, at ?? 's.at')
  const own =
    at === null
      ? standingColumns(stretch)
      : `, ${offset} as offset_ms, epoch_ms(epoch_ms(${at}) + ${offset}) as local, ${since} as since`
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
  const part = (name: string, at: string) => {
    const { offset, since } = offsetOf(stretch, at)
    return `, epoch_ms(epoch_ms(${at}) + ${offset}) as ${name}_local, ${offset} as ${name}_offset_ms, ${since} as ${name}_since`
  }
  return `${part('enter', 'greatest(s.from_at, epoch_ms($from::bigint))')}${part('leave', 's.until_at')}`
}

/** The beginning of its stretch of time on the clocks of the zone; of an hour the instant itself. */
function bucketOf(interval: Interval, of?: 'enter' | 'leave'): string {
  const name = (column: string) => `s.${of ? `${of}_` : ''}${column}`
  if (interval === 'none') return '0::double'
  if (interval === 'hour')
    return `greatest(epoch_ms(date_trunc('hour', ${name('local')})) - ${name('offset_ms')}, ${name('since')})::double`
  return `epoch_ms(date_trunc('${interval}', ${name('local')}))::double`
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
  to: metric.kind === 'stands' ? Math.min(stretch.toAt, nowAt) : stretch.toAt,
  ...nowOf(metric, nowAt),
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
  }
}
