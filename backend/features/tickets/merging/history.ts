import { Prisma } from '../../../generated/prisma/client.ts'

/** A merge or split of the ticket that is not taken back, as its card shows it. */
export type RegroupedRow = {
  id: string
  kind: 'merge' | 'split'
  at: string
  /** Whether the messages came to this ticket. */
  came: boolean
  other: { id: string; number: number }
  by: string | null
  messages: number
}

export type RelatedRow = { id: string; number: number; subject: string; status: string }

export type MergingRow = {
  into: { id: string; number: number } | null
  regrouped: RegroupedRow[]
  related: RelatedRow[]
}

const SHOWN = 5
const RELATED = 20

/** One JSON value about the row `t` of a statement: where the ticket went, what came to it, and what it has to do with. */
export const mergingSql = (): Prisma.Sql => Prisma.sql`json_build_object(
  'into', (select json_build_object('id', i.id, 'number', i.number) from desk.ticket i where i.workspace_id = t.workspace_id and i.id = t.merged_into_id),
  'regrouped', (select coalesce(json_agg(r order by r.at desc), '[]') from (
    select r.id, r.kind, r.at, r.came, cardinality(r.moved) as messages, s.name as by, json_build_object('id', o.id, 'number', o.number) as other
    from (
      (select id, kind, at, moved, by_id, from_id as other_id, true as came from desk.ticket_regrouping
        where workspace_id = t.workspace_id and to_id = t.id and undone_at is null order by at desc limit ${SHOWN})
      union all
      (select id, kind, at, moved, by_id, to_id, false from desk.ticket_regrouping
        where workspace_id = t.workspace_id and from_id = t.id and undone_at is null order by at desc limit ${SHOWN})) r
    join desk.ticket o on o.workspace_id = t.workspace_id and o.id = r.other_id
    left join desk.staff s on s.workspace_id = t.workspace_id and s.id = r.by_id
    order by r.at desc limit ${SHOWN}) r),
  'related', (select coalesce(json_agg(json_build_object('id', o.id, 'number', o.number, 'subject', o.subject, 'status', o.status) order by l.at desc), '[]') from (
    (select high_id as id, at from desk.ticket_link where workspace_id = t.workspace_id and low_id = t.id limit ${RELATED})
    union all
    (select low_id, at from desk.ticket_link where workspace_id = t.workspace_id and high_id = t.id limit ${RELATED})) l
    join desk.ticket o on o.workspace_id = t.workspace_id and o.id = l.id))`
