import { TABLES, type TableName } from '../tables.ts'
import { type Source, within, withinKeys } from './scope.ts'

/** What PostgreSQL says in the columns of the lake. @param sql selects the workspace first */
export const asIs = (table: TableName, sql: Source['sql']): Source => ({
  name: `made_${table}`,
  columns: { workspace_id: 'VARCHAR', ...TABLES[table].columns },
  sql,
})

export const UTC = (instant: string): string => `(${instant}) at time zone 'UTC'`

/** Whom it was for, without saying who: the shop's own number of its customer. */
const customerKey = (row: string) => `${row}.shop_id || ':' || ${row}.customer_shopify_id`

export const action = asIs(
  'action',
  (
    scope,
  ) => `select a.workspace_id, a.id, a.ticket_id, a.order_id, a.shop_id, ${customerKey('a')}, a.by_id, a.state, a.problem, a.reason_code,
      a.currency, a.value_minor, ${UTC('a.created_at')}, ${UTC('a.parked_at')}, ${UTC('a.ended_at')}
    from desk.combined_action a where ${within(scope, 'a.workspace_id', 'a.id')}`,
)

export const step = asIs(
  'step',
  (
    scope,
  ) => `select s.workspace_id, s.id, s.action_id, a.ticket_id, s.kind, s.reason_code, s.state, s.minor, s.currency, s.tax_minor, a.by_id,
      ${customerKey('a')}, ${UTC('s.done_at')}, a.shop_id || ':' || s.source || ':' || s.kind
    from desk.action_step s join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    where ${within(scope, 's.workspace_id', 's.action_id')} and ${within(scope, 'a.workspace_id', 'a.id')}`,
)

export const line = asIs(
  'line',
  (
    scope,
  ) => `select l.workspace_id, l.action_id || ':' || l.position, l.action_id, a.ticket_id, l.product_id, l.variant_id, l.quantity, l.minor,
      l.currency, ${UTC('a.created_at')}
    from desk.action_line l join desk.combined_action a on a.workspace_id = l.workspace_id and a.id = l.action_id
    where ${within(scope, 'l.workspace_id', 'l.action_id')} and ${within(scope, 'a.workspace_id', 'a.id')}`,
)

/** Everybody who was asked to agree, with what they decided; null: they did not. */
export const approval = asIs(
  'approval',
  (
    scope,
  ) => `select p.workspace_id, p.id, p.action_id, a.ticket_id, a.reason_code, p.approver_id, ${UTC('p.asked_at')}, ${UTC('p.decided_at')}, p.decision
    from desk.action_approval p join desk.combined_action a on a.workspace_id = p.workspace_id and a.id = p.action_id
    where ${within(scope, 'p.workspace_id', 'p.action_id')} and ${within(scope, 'a.workspace_id', 'a.id')}`,
)

/** Nothing is left on a card that was taken back; until its shop has told its balance a card is whole. */
export const giftCard = asIs(
  'gift_card',
  (scope) => `select g.workspace_id, g.id, g.ticket_id, g.action_id, g.minor,
      case when g.state = 'deactivated' or c.enabled = false then 0 when g.state = 'issued' then coalesce(c.balance_minor, g.minor) end,
      case when g.state in ('issued', 'deactivated') then greatest(g.minor - coalesce(c.balance_minor, g.minor), 0) end,
      g.currency, g.reason_code, g.by_id, g.state, ${UTC('coalesce(g.issued_at, g.created_at)')}, g.expires_on,
      ${UTC('(g.expires_on + 1)::timestamp at time zone h.time_zone')}, ${UTC('g.deactivated_at')},
      g.state = 'deactivated' or not coalesce(c.enabled, true), g.import_key is not null,
      g.shop_id || ':gift_card/' || g.shopify_id || ':gift_card'
    from desk.gift_card_issue g
    join desk.shop h on h.workspace_id = g.workspace_id and h.id = g.shop_id
    left join desk.shop_gift_card c on c.workspace_id = g.workspace_id and c.shop_id = g.shop_id and c.shopify_id = g.shopify_id
    where ${within(scope, 'g.workspace_id', 'g.id')}`,
)

export const compensation = asIs(
  'compensation',
  (
    scope,
  ) => `select c.workspace_id, c.shop_id || ':' || c.source || ':' || c.kind, c.order_id, c.kind, c.minor, c.cost_minor, c.currency,
      ${UTC('c.at')}, ${customerKey('c')}
    from desk.compensation c
    where ${withinKeys(scope, 'c.workspace_id', { 'c.shop_id': 'uuid', 'c.source': 'text', 'c.kind': 'text' })}`,
)
