import type { RuleWhen } from '../../../../shared/rules.ts'
import { Prisma } from '../../../generated/prisma/client.ts'

/** Events that are read at once. */
export const READ_AT_ONCE = 2_000

export type Place = { at: Date; id: string }

/** Where a ticket gets into a status, or a customer begins to wait. */
const BEGINS = Prisma.sql`('ticket.created', 'ticket.moved', 'mail.received', 'ticket.unvoided')`

/** The record after one place and up to an instant, in its order. Each event is read once for a rule, however long tickets stay. */
const readSql = (workspaceId: string, { at, id }: Place, until: Date): Prisma.Sql => Prisma.sql`
  select recorded_at, id, occurred_at, type, ticket_id, payload, historical from desk.event
  where workspace_id = ${workspaceId}::uuid and recorded_at <= ${until} and (recorded_at, id) > (${at}, ${id}::uuid)
  order by recorded_at, id limit ${Prisma.raw(String(READ_AT_ONCE))}`

/** The ticket of an event: asked one by one, by its key, because a join would rather walk all tickets. */
const ticketSql = (workspaceId: string, so: Prisma.Sql): Prisma.Sql => Prisma.sql`
  cross join lateral (select from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and t.id = e.ticket_id and t.void_reason is null
    and ${so} limit 1) t`

/** Tickets that got into a status and have stood there since, among events that are read next. */
const stoodSql = (workspaceId: string, status: string): Prisma.Sql => Prisma.sql`
  select distinct e.ticket_id from batch e ${ticketSql(workspaceId, Prisma.sql`t.status = ${status}`)}
  where not e.historical and ((e.type = 'ticket.moved' and e.payload ->> 'to' = ${status}) or (e.type = 'ticket.created' and ${status} = 'new'))
    and (select true from desk.event later where later.workspace_id = ${workspaceId}::uuid and later.ticket_id = e.ticket_id
      and later.type = 'ticket.moved' and (later.occurred_at, later.id) > (e.occurred_at, e.id) limit 1) is null`

/** Tickets whose customer has waited since one of them. */
const waitedSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select distinct e.ticket_id
  from batch e ${ticketSql(workspaceId, Prisma.sql`t.queue_at = e.occurred_at and t.queue_at < '9999-12-31 00:00:00+00'`)}
  where not e.historical and e.type in ${BEGINS}`

type Sweep = { workspaceId: string; ruleId: string; from: Place; until: Date; now: Date }

/**
 * Reads on in the record, and keeps a cause with its job for each ticket that has stood there for long enough: one statement for a batch.
 * @returns one row: how many events were read, the last one's place, and how many causes there are
 */
export const sweepSql = (
  when: Extract<RuleWhen, { on: 'in_status' | 'waiting' }>,
  sweep: Sweep,
): Prisma.Sql => Prisma.sql`
  with batch as materialized (${readSql(sweep.workspaceId, sweep.from, sweep.until)}),
  found as (${when.on === 'in_status' ? stoodSql(sweep.workspaceId, when.status) : waitedSql(sweep.workspaceId)}),
  ${keptSql(when.on, sweep)}
  select (select count(*)::int from batch) as read, last.recorded_at as at, last.id::text, (select count(done)::int from told) as told
  from (select recorded_at, id from batch order by recorded_at desc, id desc limit 1) last`

const keptSql = (trigger: string, { workspaceId, ruleId, now }: Sweep): Prisma.Sql => Prisma.sql`
  kept as (
    insert into desk.rule_cause (workspace_id, id, ticket_id, trigger, rule_id, root_id, depth, chain, at)
    select ${workspaceId}::uuid, n.id, f.ticket_id, ${trigger}, ${ruleId}::uuid, n.id, 0, '{}', ${now}
    from found f cross join lateral (select gen_random_uuid() as id where f.ticket_id is not null) n
    returning id, ticket_id),
  told as (select app.enqueue(jsonb_agg(jsonb_build_object('job', 'rules:try', 'queue', 'ticket:' || ticket_id, 'maxAttempts', 25,
    'payload', jsonb_build_object('ticketId', ticket_id, 'causeIds', jsonb_build_array(id)))))::text as done from kept having count(*) > 0)`

/** Due times that are read at once. */
export const DUE_AT_ONCE = 500

/** Open tickets that are due soon and were not tried for that due time yet, the nearest first. Exported for its plan. */
export const dueSoonSql = (sweep: Omit<Sweep, 'from'>): Prisma.Sql => Prisma.sql`
  select t.id as ticket_id, t.due_at from desk.ticket t
  where t.workspace_id = ${sweep.workspaceId}::uuid and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null
    and t.snoozed_until is null and t.due_at > ${sweep.now} and t.due_at <= ${sweep.until}
    and not exists (select from desk.rule_mark k where k.workspace_id = ${sweep.workspaceId}::uuid and k.rule_id = ${sweep.ruleId}::uuid
      and k.ticket_id = t.id and k.entry = t.due_at)
  order by t.due_at, t.queue_at, t.id limit ${Prisma.raw(String(DUE_AT_ONCE))}`

/** Marks them and keeps a cause with its job for each, in one statement. @returns one row: how many there were */
export const sweepDueSql = (sweep: Omit<Sweep, 'from'>): Prisma.Sql => Prisma.sql`
  with due as (${dueSoonSql(sweep)}),
  found as (
    insert into desk.rule_mark (workspace_id, rule_id, ticket_id, entry, at)
    select ${sweep.workspaceId}::uuid, ${sweep.ruleId}::uuid, ticket_id, due_at, ${sweep.now} from due
    on conflict do nothing returning ticket_id),
  ${keptSql('before_due', { ...sweep, from: { at: sweep.now, id: sweep.ruleId } })}
  select (select count(*)::int from found) as read, (select count(done)::int from told) as told`
