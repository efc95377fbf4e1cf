import { MADE_TABLES } from './made-rows.ts'

/** The instant that stands for «not now» in columns of a ticket. */
const NEVER = `timestamp '9999-12-31'`

type Rows = { into: string; columns: readonly string[]; sql: string }

const EVENT = ['id', 'recorded_at', 'occurred_at', 'type', 'actor_kind', 'actor_id', 'ticket_id', 'payload']

/** What a desk would have of the tickets in `made`, by columns after the workspace. */
export const DESK_ROWS: readonly Rows[] = [
  {
    into: 'ticket',
    columns: [
      ...['id', 'number', 'subject', 'customer_id', 'status', 'priority', 'category', 'tags', 'mailbox_id', 'channel'],
      ...['language', 'assignee_id', 'queue_at', 'due_at', 'last_message_at', 'solved_at', 'message_count'],
      ...['first_response_at', 'first_response_by_id', 'created_at'],
    ],
    sql: `select id, number, 'A jar of jam that arrived broken', customer_id, status, priority, category, '{' || array_to_string(tags, ',') || '}',
        mailbox_id, 'mail', language, assignee_id, if(resolved_at is null, opened_at, ${NEVER}), if(resolved_at is null, opened_at, ${NEVER}),
        coalesce(resolved_at, first_out_at, opened_at), coalesce(resolved_at, timestamp '1970-01-01'), 3, first_out_at, first_by_id, created_at
      from (${MADE_TABLES.ticket})`,
  },
  {
    into: 'event',
    columns: EVENT,
    sql: `select md5(id || 'created'), opened_at, opened_at, 'ticket.created', 'customer', null, id, '{}' from (${MADE_TABLES.ticket})
      union all select id, "at", "at", if(kind = 'status', 'ticket.moved', 'ticket.assigned'), by_kind, by_id, ticket_id,
        '{"from":' || coalesce('"' || before || '"', 'null') || ',"to":"' || after || '"}' from (${MADE_TABLES.move})
      union all select id, told_at, told_at, if(outcome = 'met', 'sla.met', 'sla.breached'), 'system', null, ticket_id,
        '{"target":"' || target || '","policyId":"' || policy_id || '","startedAt":' || epoch_ms(since) || ',"limitSeconds":' || limit_seconds || '}'
      from (${MADE_TABLES.clock})`,
  },
]

const OF_TICKETS = 'join desk.ticket t on t.workspace_id = e.workspace_id and t.id = e.ticket_id'

/** The statements that are compared, as somebody would ask a desk that has no lake. `since` is an instant as SQL. */
export const ASKED_OF_DESK: Record<string, (since: string) => string> = {
  'new tickets by day and category': (since) => `
    select date_trunc('day', t.created_at at time zone 'UTC') as day, t.category, count(*) as n from desk.ticket t
    where t.void_reason is null and t.created_at >= ${since} group by 1, 2`,
  'first response, median by day': (since) => `
    select date_trunc('day', t.first_response_at at time zone 'UTC') as day,
      percentile_cont(0.5) within group (order by floor(extract(epoch from t.first_response_at - t.created_at))) as n from desk.ticket t
    where t.void_reason is null and t.first_response_at >= ${since} group by 1`,
  'solved by week': (since) => `
    select date_trunc('week', e.occurred_at at time zone 'UTC') as week, count(*) as n from desk.event e ${OF_TICKETS}
    where e.type = 'ticket.moved' and e.payload->>'to' in ('solved', 'closed') and e.payload->>'from' not in ('solved', 'closed')
      and e.actor_kind = 'staff' and t.void_reason is null and e.recorded_at >= ${since} group by 1`,
  'SLA kept by day': (since) => `
    select date_trunc('day', e.occurred_at at time zone 'UTC') as day, avg(case when e.type = 'sla.met' then 1.0 else 0.0 end) as n
    from desk.event e ${OF_TICKETS}
    where e.type in ('sla.met', 'sla.breached') and t.void_reason is null and e.recorded_at >= ${since} group by 1`,
}
