import type { Dimension } from '../../../../shared/analytics.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Stretch } from './periods.ts'
import { type Offset, offsetsBetween } from './zones.ts'

/** Where the ticket of a share has a dimension. */
const TICKET_COLUMNS: Partial<Record<Dimension, string>> = {
  category: 'category',
  priority: 'priority',
  mailbox: 'mailbox_id',
  channel: 'channel',
  tag: 'tags',
  agent: 'assignee_id',
  tier: 'tier',
  language: 'language',
  customer: 'customer_id',
}

/** Of the clock on the wall when it happened. Monday is 1. */
const TIME_COLUMNS: Partial<Record<Dimension, string>> = {
  hour: 'hour(s.local)',
  weekday: 'isodow(s.local)',
}

/** The SQL of a dimension, of a share `s` and its ticket `t`. */
export function columnOf({ id, brings, withTicket }: Metric, dimension: Dimension): string {
  const own = brings[dimension]
  if (own) return `s."${own}"`
  const time = TIME_COLUMNS[dimension]
  if (time) return time
  const column = TICKET_COLUMNS[dimension]
  if (!column) throw new Error(`${id} says that it has ${dimension}, and brings no column for it`)
  return `${withTicket ? 's' : 't'}."${column}"`
}

export const needsTicket = ({ brings, withTicket }: Metric, dimensions: readonly Dimension[]): boolean =>
  !withTicket && dimensions.some((one) => !brings[one] && TICKET_COLUMNS[one])

/** Whether its shares have tickets at all. */
export const isOfTickets = ({ dimensions, withTicket }: Metric): boolean =>
  withTicket || dimensions.some((one) => TICKET_COLUMNS[one])

/**
 * How far the clocks of the zone are ahead at an instant, and since when, as SQL of milliseconds. Numbers of ours only.
 * @param at SQL of an instant inside the stretch
 */
export const offsetOf = (stretch: Stretch, at: string): { offset: string; since: string } => ({
  offset: turning(stretch, at, ({ offset }) => offset),
  since: turning(stretch, at, ({ from }) => from),
})

/** A number that changes when the clocks of the zone are turned, as SQL. */
export function turning({ zone, fromAt, toAt }: Stretch, at: string, of: (one: Offset) => number): string {
  const [first, ...later] = offsetsBetween(zone, fromAt, toAt)
  if (!first) return '0'
  const turns = later.toReversed().map((one) => `when ${at} >= epoch_ms(${one.from}::bigint) then ${of(one)}::bigint`)
  return turns.length > 0 ? `(case ${turns.join(' ')} else ${of(first)}::bigint end)` : `${of(first)}::bigint`
}
