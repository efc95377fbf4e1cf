import { ticketRated } from '../../../csat/index.ts'
import { type Source, within } from './scope.ts'

const UTC = (instant: string) => `(${instant}) at time zone 'UTC'`

/** Between tags: it cannot be typed. */
const TAG_END = "E'\\x1f'"

export const rawTicket: Source = {
  name: 'raw_ticket',
  columns: {
    workspace_id: 'VARCHAR',
    id: 'VARCHAR',
    number: 'INTEGER',
    created_at: 'TIMESTAMP',
    status: 'VARCHAR',
    priority: 'VARCHAR',
    category: 'VARCHAR',
    tags: 'VARCHAR',
    mailbox_id: 'VARCHAR',
    channel: 'VARCHAR',
    language: 'VARCHAR',
    customer_id: 'VARCHAR',
    assignee_id: 'VARCHAR',
    void_reason: 'VARCHAR',
    merged_into_id: 'VARCHAR',
    follows_id: 'VARCHAR',
    first_response_at: 'TIMESTAMP',
    first_response_by_id: 'VARCHAR',
    tier: 'VARCHAR',
    solved_at: 'TIMESTAMP',
  },
  sql: (scope) => `select t.workspace_id, t.id, t.number, ${UTC('t.created_at')}, t.status, t.priority, t.category,
      array_to_string(t.tags, ${TAG_END}), t.mailbox_id, t.channel, t.language, t.customer_id, t.assignee_id, t.void_reason, t.merged_into_id,
      t.follows_id, ${UTC('t.first_response_at')}, t.first_response_by_id, k.tier, ${UTC("nullif(t.solved_at, 'epoch')")}
    from desk.ticket t left join desk.sla_clock k on k.workspace_id = t.workspace_id and k.ticket_id = t.id
        and ${within(scope, 'k.workspace_id', 'k.ticket_id')}
    where ${within(scope, 't.workspace_id', 't.id')}`,
}

/**
 * A sender's clock may be ahead: nothing came before it was here. A mail is history where it was read as such; a copy of it that another
 * mailbox has among its own history says nothing about it.
 */
export const rawMessage: Source = {
  name: 'raw_message',
  isPlain: true,
  columns: {
    workspace_id: 'VARCHAR',
    id: 'VARCHAR',
    ticket_id: 'VARCHAR',
    at: 'TIMESTAMP',
    direction: 'VARCHAR',
    staff_id: 'VARCHAR',
    automatic: 'BOOLEAN',
    historical: 'BOOLEAN',
  },
  sql: (scope) => `select m.workspace_id, m.id, m.ticket_id, ${UTC('least(m.sent_at, m.created_at)')}, m.direction,
      case when m.author_kind = 'staff' then m.author_id end, m.automatic,
      exists (select from desk.mailbox_mail g where g.workspace_id = m.workspace_id and g.message_id = m.id and g.historical
        and g.outcome <> 'duplicate')
    from desk.message m where ${within(scope, 'm.workspace_id', 'm.ticket_id')}`,
}

/** What of the record says more than the rows do. */
const TYPES = [
  'ticket.created',
  'ticket.begun',
  'ticket.moved',
  'ticket.assigned',
  'ticket.prioritised',
  'ticket.escalated',
  'sla.met',
  'sla.breached',
  ticketRated.type,
]

export const rawEvent: Source = {
  name: 'raw_event',
  isPlain: true,
  columns: {
    workspace_id: 'VARCHAR',
    id: 'VARCHAR',
    ticket_id: 'VARCHAR',
    type: 'VARCHAR',
    at: 'TIMESTAMP',
    recorded_at: 'TIMESTAMP',
    by_kind: 'VARCHAR',
    by_id: 'VARCHAR',
    historical: 'BOOLEAN',
    before: 'VARCHAR',
    after: 'VARCHAR',
    counted: 'BOOLEAN',
    target: 'VARCHAR',
    policy_id: 'VARCHAR',
    started_ms: 'BIGINT',
    limit_seconds: 'BIGINT',
    score: 'INTEGER',
  },
  sql: (
    scope,
  ) => `select e.workspace_id, e.id, e.ticket_id, e.type, ${UTC('least(e.occurred_at, e.recorded_at)')}, ${UTC('e.recorded_at')},
      e.actor_kind, e.actor_id, e.historical, coalesce(e.payload->>'from', e.payload->>'before'),
      coalesce(e.payload->>'to', e.payload->>'assigneeId', e.payload->>'priority', e.payload->>'toId',
        case when e.type = '${ticketRated.type}' then e.payload->>'staffId' end),
      coalesce((e.payload->>'counted')::boolean, false), e.payload->>'target', e.payload->>'policyId', (e.payload->>'startedAt')::bigint,
      (e.payload->>'limitSeconds')::bigint, (e.payload->>'score')::int
    from desk.event e where e.type in (${TYPES.map((type) => `'${type}'`).join()}) and ${within(scope, 'e.workspace_id', 'e.ticket_id')}`,
}

/** What was worked on a ticket that went into another one is work on that one, however often that happened. */
export const rawHandling: Source = {
  name: 'raw_handling',
  isPlain: true,
  columns: { workspace_id: 'VARCHAR', ticket_id: 'VARCHAR', staff_id: 'VARCHAR', seconds: 'BIGINT' },
  sql: (scope) => `with recursive went (workspace_id, root_id, id) as (
      select t.workspace_id, t.merged_into_id, t.id from desk.ticket t
      where t.merged_into_id is not null and ${within(scope, 't.workspace_id', 't.merged_into_id')}
      union select w.workspace_id, w.root_id, t.id from went w join desk.ticket t on t.workspace_id = w.workspace_id and t.merged_into_id = w.id)
    select h.workspace_id, h.ticket_id, h.staff_id, h.seconds from desk.handle_time h where ${within(scope, 'h.workspace_id', 'h.ticket_id')}
    union all select h.workspace_id, w.root_id, h.staff_id, h.seconds from went w
      join desk.handle_time h on h.workspace_id = w.workspace_id and h.ticket_id = w.id`,
}

/** Not copied but judged on the way: see judging.ts. */
export const clocksSql = (scope: Parameters<Source['sql']>[0]): string => `
  select k.workspace_id::text as "workspaceId", k.ticket_id::text as "ticketId", k.marks, k.policy_id as "policyId", t.priority
  from desk.sla_clock k join desk.ticket t on t.workspace_id = k.workspace_id and t.id = k.ticket_id
  where ${within(scope, 'k.workspace_id', 'k.ticket_id')} and ${within(scope, 't.workspace_id', 't.id')}`
