import { actions } from '../metrics/actions.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Column } from './columns.ts'
import type { RowsDefinition } from './rows.ts'

/** The shares of «Combined actions», each with what else is known of its action. */
const metric: Metric = {
  ...actions,
  sql: `select f.*, a.state as action_state, a.problem, a.order_id, a.shop_id, a.currency, a.value_minor, a.ended_at
from (
${actions.sql}
) as f join action as a on a.id = f.id`,
}

const columns: readonly Column[] = [
  { name: 'action_id', kind: 'code', sql: 's.id' },
  { name: 'confirmed_utc', kind: 'instant', sql: 's.at' },
  { name: 'ended_utc', kind: 'instant', sql: 's.ended_at' },
  { name: 'state', kind: 'code', sql: 's.action_state' },
  { name: 'problem', kind: 'code', sql: 's.problem' },
  { name: 'ticket', kind: 'ticket', sql: 's.number' },
  { name: 'ticket_id', kind: 'code', sql: 's.ticket_id' },
  { name: 'order_id', kind: 'code', sql: 's.order_id' },
  { name: 'shop_id', kind: 'code', sql: 's.shop_id' },
  { name: 'agent', kind: 'name', of: 'agent', sql: 's.by_id' },
  { name: 'reason', kind: 'name', of: 'reason', sql: 's.reason' },
  { name: 'value', kind: 'money', sql: 's.value_minor' },
  { name: 'currency', kind: 'code', sql: 's.currency' },
  { name: 'category', kind: 'name', of: 'category', sql: 's.category' },
  { name: 'mailbox', kind: 'name', of: 'mailbox', sql: 's.mailbox_id' },
]

/** One row for each action that «Combined actions» counts: as many rows as that figure says. */
export const actionRows: RowsDefinition = { what: 'actions', metric, columns }
