import type { OpenWhy } from '../../../../shared/handover.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { keptBySql } from '../../combined-actions/index.ts'
import { OPEN } from '../../queues/index.ts'
import { unkeptSql } from '../../saying/index.ts'
import { CHOICE_HOURS } from '../../tickets/index.ts'

export type OpenRow = {
  staffId: string
  ticketId: string
  number: number
  subject: string
  why: OpenWhy[]
  by: Date | null
  /** Of all of them, beyond the limit too. */
  total: number
}

type At = { workspaceId: string; now: Date }
type Wanted = {
  staffIds: readonly string[]
  limit: number
  /** They do not come back: whatever they have cannot wait for them. */
  forGood?: boolean
  /** Only of these tickets; null or left out for all. */
  ticketIds?: readonly string[] | null
}

/** Without a next shift in the plan, somebody is taken to be back in so long. */
const BACK_AFTER = Prisma.sql`interval '24 hours'`

/** When people are back: with their next shift. */
const backAt = ({ workspaceId, now }: At): Prisma.Sql => Prisma.sql`coalesce((
  select min(h.starts_at) from desk.shift h where h.workspace_id = ${workspaceId}::uuid and h.staff_id = n.id and h.cancelled is null
    and h.starts_at > ${now}), ${now}::timestamptz + ${BACK_AFTER})`

/**
 * What is open of people and cannot wait until they are back, a row for each person and ticket, the nearest first. Exported so that a
 * test can look at its plan.
 */
export const openWorkOf = (
  { workspaceId, now }: At,
  { staffIds, limit, forGood = false, ticketIds = null }: Wanted,
): Prisma.Sql => {
  const of = (alias: string) =>
    Prisma.sql`${Prisma.raw(alias)}.workspace_id = ${workspaceId}::uuid and ${Prisma.raw(alias)}.staff_id = who.staff_id`
  return Prisma.sql`
    with who as materialized (
      select n.id as staff_id, ${forGood ? Prisma.sql`'infinity'::timestamptz` : backAt({ workspaceId, now })} as back_at
      from unnest(${staffIds}::uuid[]) as n (id)),
    reason (staff_id, ticket_id, why, by) as (
      select who.staff_id, c.ticket_id, 'claim', null::timestamptz from who
        join desk.ticket_claim c on ${of('c')} and c.ended_at is null and c.until > ${now}
      union all
      select who.staff_id, p.ticket_id, 'promise', p.due_at from who
        join desk.spoken_promise p on ${of('p')} and ${unkeptSql(Prisma.sql`${now}::timestamptz`)} and p.due_at <= who.back_at
      union all
      select who.staff_id, r.ticket_id, 'reminder', r.remind_at from who
        join desk.reminder r on ${of('r')} and r.done_at is null and r.remind_at <= who.back_at
      union all
      select who.staff_id, i.ticket_id, 'answer', i.until from who
        join desk.send_intent i on ${of('i')} and i.made_at > ${now}::timestamptz - make_interval(hours => ${CHOICE_HOURS})
      union all
      select who.staff_id, ca.ticket_id, 'action', null from who
        join desk.combined_action ca on ca.workspace_id = ${workspaceId}::uuid and ${keptBySql(Prisma.sql`who.staff_id`)}
      union all
      select who.staff_id, t.id, 'due', t.due_at from who
        join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.assignee_id = who.staff_id and ${OPEN} and t.due_at <= who.back_at
          and (t.snoozed_until is null or t.snoozed_until <= who.back_at))
    select o.staff_id::text as "staffId", t.id::text as "ticketId", t.number, t.subject, array_agg(distinct o.why) as why, min(o.by) as by,
      count(*) over ()::int as total
    from reason o join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = o.ticket_id
    where (o.why in ('reminder', 'action') or ${OPEN}) ${ticketIds ? Prisma.sql`and o.ticket_id = any(${ticketIds}::uuid[])` : Prisma.empty}
    group by o.staff_id, t.workspace_id, t.id
    order by min(o.by) nulls first, t.number limit ${limit}`
}
