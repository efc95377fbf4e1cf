import { ownerKey } from '../tables.ts'
import { monthOf } from './parts.ts'

/** SQL of DuckDB, in the order in which it runs: raw relations of tickets become rows of the lake. */

const OVER = `('solved', 'closed')`

/** Whole seconds from one instant to a later one. */
const seconds = (from: string, to: string) =>
  `case when ${to} > ${from} then (epoch_ms(${to}) - epoch_ms(${from})) // 1000 when ${to} <= ${from} then 0 end`

/**
 * Of the ticket, which all these rows belong to: both are counted once for it, because they cost more than writing a row does.
 */
const KEYS = 't.owner_key, t.owner_month'

/** Tickets that count. History is left out unless an admin chose to count it, or somebody began to work on it. */
export const COUNTED = `create or replace temp table counted as
  with created as (
    select workspace_id, ticket_id, min("at") as "at", bool_and(historical) as historical, bool_or(counted) as counted
    from raw_event where type = 'ticket.created' group by all),
  begun as (select workspace_id, ticket_id, min("at") as "at" from raw_event where type = 'ticket.begun' group by all)
  select t.*, coalesce(b."at", c."at", t.created_at) as opened_at, b."at" as begun_at, coalesce(c.historical, false) and b."at" is null as historical,
    ${ownerKey('t.id')} as owner_key, ${monthOf('t.id')} as owner_month
  from raw_ticket t
  left join created c on c.workspace_id = t.workspace_id and c.ticket_id = t.id
  left join begun b on b.workspace_id = t.workspace_id and b.ticket_id = t.id
  where b."at" is not null or c.counted or not coalesce(c.historical, false)`

/**
 * When it was asked, answered and resolved. A machine asks only where it opened the ticket. What was said before somebody began to work on
 * a ticket of history is not counted, and its customer asks anew then.
 */
export const TALK = `create or replace temp table talk as
  with said as (
    select m.*, t.created_at, t.begun_at from raw_message m
    join counted t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
    where t.historical or not m.historical),
  asked as (
    select workspace_id, ticket_id, coalesce(any_value(begun_at), min("at") filter (direction = 'in' and (not automatic or "at" <= created_at))) as "at",
      max("at") as last_at,
      count(*) filter (direction = 'in') as mails_in, count(*) filter (direction = 'out' and not automatic) as mails_out,
      count(*) filter (direction = 'out' and automatic) as automatic_out, count(*) filter (direction = 'note') as notes,
      count(distinct staff_id) filter (direction = 'out' and not automatic) as repliers
    from said group by all),
  answered as (
    select m.workspace_id, m.ticket_id, min(m."at") as "at", arg_min(coalesce(m.staff_id, ''), (m."at", m.id)) as by_id
    from said m join asked q on q.workspace_id = m.workspace_id and q.ticket_id = m.ticket_id
    where m.direction = 'out' and not m.automatic and m."at" > q."at" group by all),
  ended as (
    select workspace_id, ticket_id, arg_max("at", id) as "at", arg_max(case when by_kind = 'staff' then by_id else '' end, id) as by_id
    from raw_event where type = 'ticket.moved' and after in ${OVER} and before not in ${OVER} group by all)
  select t.workspace_id, t.id, t.opened_at, coalesce(q."at", t.begun_at) as first_in_at,
    case when t.channel <> 'mail' or q.ticket_id is null then t.first_response_at else a."at" end as first_out_at,
    case when t.channel <> 'mail' or q.ticket_id is null then t.first_response_by_id else nullif(a.by_id, '') end as first_by_id,
    case when t.status in ${OVER} then coalesce(e."at", t.solved_at, q.last_at, t.opened_at) end as resolved_at,
    case when t.status in ${OVER} then nullif(e.by_id, '') end as resolved_by_id,
    q.mails_in, q.mails_out, q.automatic_out, q.notes, q.repliers
  from counted t
  left join asked q on q.workspace_id = t.workspace_id and q.ticket_id = t.id
  left join answered a on a.workspace_id = t.workspace_id and a.ticket_id = t.id
  left join ended e on e.workspace_id = t.workspace_id and e.ticket_id = t.id`

export const MESSAGES = `create or replace temp table made_message as
  select m.workspace_id, m.id, m.ticket_id, m."at", m.direction, m.staff_id, m.automatic, m.historical, coalesce(t.void_reason = 'spam', false) as spam, ${KEYS}
  from raw_message m join counted t on t.workspace_id = m.workspace_id and t.id = m.ticket_id`

/** A solution is undone by any later move out of being solved. */
export const MOVES = `create or replace temp table made_move as
  with opened_again as (
    select workspace_id, ticket_id, max("at") as last_at from raw_event
    where type = 'ticket.moved' and before in ${OVER} and after not in ${OVER} group by all)
  select e.workspace_id, e.id, e.ticket_id, e."at",
    case e.type when 'ticket.moved' then 'status' when 'ticket.assigned' then 'assignee' when 'ticket.escalated' then 'escalation'
      else 'priority' end as kind,
    e.before, e.after, e.by_kind, e.by_id, e.historical, t.void_reason is null as counts,
    case when e.type = 'ticket.moved' and e.after in ${OVER} and e.before not in ${OVER} then coalesce(o.last_at >= e."at", false) end as undone, ${KEYS}
  from raw_event e join counted t on t.workspace_id = e.workspace_id and t.id = e.ticket_id
  left join opened_again o on o.workspace_id = e.workspace_id and o.ticket_id = e.ticket_id
  where e.type in ('ticket.moved', 'ticket.assigned', 'ticket.escalated', 'ticket.prioritised')`

/** Whether a target was met is what the desk said when it happened, by the policy of then; how much was used is counted by the hours of today. */
export const CLOCKS = `create or replace temp table made_clock as
  with told as (
    select workspace_id, ticket_id, target, started_ms, bool_or(type = 'sla.breached') as breached,
      coalesce(min("at") filter (type = 'sla.breached'), min("at")) as "at",
      arg_max(policy_id, (type = 'sla.breached', id)) as policy_id, arg_max(limit_seconds, (type = 'sla.breached', id)) as limit_seconds
    from raw_event where type in ('sla.met', 'sla.breached') group by all),
  answers as (
    select workspace_id, ticket_id, epoch_ms("at") as ms, arg_min(coalesce(staff_id, ''), id) as staff_id
    from raw_message where direction = 'out' and not automatic group by all),
  ends as (
    select workspace_id, ticket_id, epoch_ms("at") as ms, arg_max(case when by_kind = 'staff' then by_id else '' end, id) as staff_id
    from raw_event where type = 'ticket.moved' and after in ${OVER} group by all)
  select k.workspace_id, k.ticket_id || ':' || k.target || ':' || k.since_ms as id, k.ticket_id, k.target,
    coalesce(d.policy_id, k.policy_id) as policy_id, make_timestamp(k.since_ms * 1000) as since, make_timestamp(k.ended_ms * 1000) as ended_at,
    k.state, coalesce(d.limit_seconds, k.limit_ms // 1000) as limit_seconds, k.used_ms // 1000 as used_seconds,
    case when k.ended_ms is not null then greatest(k.ended_ms - k.since_ms, 0) // 1000 end as spent_seconds,
    case when d.breached then 'breached' when d.breached is not null then 'met' end as outcome, d."at" as told_at,
    nullif(case when k.target = 'resolution' then e.staff_id else a.staff_id end, '') as staff_id, t.void_reason is null as counts,
    case when outcome is not null then coalesce(told_at, make_timestamp(k.ended_ms * 1000)) end as decided_at,
    coalesce(nullif(case when k.target = 'resolution' then e.staff_id else a.staff_id end, ''), t.assignee_id) as agent_id, ${KEYS}
  from raw_clock k
  join counted t on t.workspace_id = k.workspace_id and t.id = k.ticket_id
  left join told d on d.workspace_id = k.workspace_id and d.ticket_id = k.ticket_id and d.target = k.target and d.started_ms = k.since_ms
  left join answers a on a.workspace_id = k.workspace_id and a.ticket_id = k.ticket_id and a.ms = k.ended_ms
  left join ends e on e.workspace_id = k.workspace_id and e.ticket_id = k.ticket_id and e.ms = k.ended_ms`

/** There are none from before the go-live. */
export const RATINGS = `create or replace temp table made_rating as
  select e.workspace_id, e.id, e.ticket_id, e."at", e.score, e.after as staff_id, t.void_reason is null as counts, ${KEYS}
  from raw_event e join counted t on t.workspace_id = e.workspace_id and t.id = e.ticket_id
  where e.type = 'ticket.rated' and not e.historical`

/** One that was opened again stood in the backlog several times: from its beginning, and from each move back. */
export const TICKETS = `create or replace temp table made_ticket as
  with moved as (
    select workspace_id, ticket_id,
      count(*) filter (type = 'ticket.moved' and before in ${OVER} and after not in ${OVER} and not historical) as reopens,
      count(*) filter (type = 'ticket.escalated') as escalations
    from raw_event group by all),
  turns as (
    select t.workspace_id, t.id as ticket_id, t.opened_at as "at", false as is_over, '' as move_id
    from counted t join moved m on m.workspace_id = t.workspace_id and m.ticket_id = t.id where m.reopens > 0
    union all
    select v.workspace_id, v.ticket_id, v."at", v.after in ${OVER}, v.id
    from made_move v join moved m on m.workspace_id = v.workspace_id and m.ticket_id = v.ticket_id
    where m.reopens > 0 and v.kind = 'status' and (v.before in ${OVER}) is distinct from (v.after in ${OVER})),
  stretches as (
    select *, lead("at") over (partition by workspace_id, ticket_id order by "at", move_id) as until_at from turns),
  stood as (
    select workspace_id, ticket_id, list({move_id: move_id, from_at: "at", until_at: until_at} order by "at", move_id) as stood
    from stretches where not is_over group by all),
  handled as (select workspace_id, ticket_id, sum(seconds)::bigint as seconds from raw_handling group by all)
  select t.workspace_id, t.id, t.number, t.created_at, t.opened_at, t.status, t.priority, t.category,
    case when t.tags is null then []::varchar[] else string_split(t.tags, chr(31)) end as tags,
    t.mailbox_id, t.channel, t.language, t.customer_id, t.tier, t.assignee_id, t.void_reason, t.merged_into_id, t.follows_id,
    k.first_in_at, k.first_out_at, k.first_by_id, ${seconds('k.first_in_at', 'k.first_out_at')} as first_seconds,
    o.first_open as first_open_seconds, k.resolved_at, k.resolved_by_id, ${seconds('t.opened_at', 'k.resolved_at')} as resolution_seconds,
    o.resolution_open as resolution_open_seconds, coalesce(m.reopens, 0) as reopens, coalesce(k.mails_in, 0) as mails_in,
    coalesce(k.mails_out, 0) as mails_out, coalesce(k.automatic_out, 0) as automatic_out, coalesce(k.notes, 0) as notes,
    coalesce(k.repliers, 0) as repliers, coalesce(m.escalations, 0) as escalations, coalesce(h.seconds, 0) as handle_seconds, t.historical,
    coalesce(t.void_reason = 'spam', false) as spam, s.stood, ${KEYS}
  from counted t
  join talk k on k.workspace_id = t.workspace_id and k.id = t.id
  left join open_time o on o.talk_row = k.rowid
  left join moved m on m.workspace_id = t.workspace_id and m.ticket_id = t.id
  left join stood s on s.workspace_id = t.workspace_id and s.ticket_id = t.id
  left join handled h on h.workspace_id = t.workspace_id and h.ticket_id = t.id`
