import { Prisma } from '../../../generated/prisma/client.ts'
import { waitsForApproval } from '../../combined-actions/index.ts'
import { AWAKE, dueNextSql, OPEN } from '../../queues/index.ts'

/** From and to; `to` is null while it goes on. */
type Times = { from: string; to: string | null }

/** Somebody as the statement gives them; times are text of JSON. */
export type PersonRow = {
  id: string
  name: string
  open: number
  late: number
  dueNext: number
  shifts: { from: string; to: string }[]
  sessions: (Times & { breaks: (Times & { kind: string; label: string; minutes: number })[] })[]
}

export type WallRow = {
  zone: string
  midnight: Date
  open: number
  unassigned: number
  late: number
  dueNext: number
  oldest: Date | null
  arrivals: number
  solved: number
  inTime: number
  tooLate: number
  approvals: number
  people: PersonRow[]
}

/** No shift is longer, also where clocks go back. */
const LONGEST_SHIFT = Prisma.sql`interval '25 hours'`
const MOST_PEOPLE = Prisma.raw('500')

/** Where clocks are put back at one in the morning midnight comes twice, of which PostgreSQL takes the second. */
const FIRST_MIDNIGHT = Prisma.sql`m.midnight - case
  when (m.midnight - interval '1 hour') at time zone w.time_zone = m.midnight at time zone w.time_zone then interval '1 hour' else interval '0' end`

/** All of the wallboard in one statement. Open work is read once, from its index; everything else is of today, or is open. */
export function wallSql(workspaceId: string, now: Date): Prisma.Sql {
  const workspace = Prisma.sql`${workspaceId}::uuid`
  const at = Prisma.sql`${now}::timestamptz`
  return Prisma.sql`
    with today as materialized (
      select w.time_zone as zone, ${FIRST_MIDNIGHT} as midnight
      from desk.workspace w cross join lateral (select date_trunc('day', ${at} at time zone w.time_zone) at time zone w.time_zone as midnight) m
      where w.workspace_id = ${workspace}
    ), work as materialized (${workOf(workspace, at, workspaceId)}),
    people as materialized (${peopleOf(workspace, at)})
    select d.zone, d.midnight,
      (select coalesce(sum(k.open), 0)::int from work k) as open, (select coalesce(sum(k.open), 0)::int from work k where k.staff_id is null) as unassigned,
      (select coalesce(sum(k.late), 0)::int from work k) as late, (select coalesce(sum(k.due_next), 0)::int from work k) as "dueNext",
      (select min(k.oldest) from work k) as oldest,
      (select count(*)::int from desk.ticket t where t.workspace_id = ${workspace} and t.id >= ${firstIdSince(Prisma.sql`d.midnight`)}
        and t.created_at >= d.midnight and t.void_reason is null) as arrivals,
      (${solvedToday(workspace, 'solved')}) + (${solvedToday(workspace, 'closed')}) as solved,
      a.in_time as "inTime", a.too_late as "tooLate",
      (select count(*)::int from desk.combined_action c where ${waitsForApproval(workspaceId)}) as approvals,
      (select coalesce(json_agg(${personJson(at)} order by s.name, s.id), '[]')
        from people p join desk.staff s on s.workspace_id = ${workspace} and s.id = p.staff_id left join work k on k.staff_id = s.id) as people
    from today d cross join lateral (${answersOf(workspace)}) a`
}

/** What was solved today, and is closed by now or is not: each state has an index of its own. */
const solvedToday = (workspace: Prisma.Sql, status: 'solved' | 'closed'): Prisma.Sql => Prisma.sql`
  select count(*)::int from desk.ticket t where t.workspace_id = ${workspace} and t.status = ${Prisma.raw(`'${status}'`)} and t.void_reason is null
    and t.solved_at >= d.midnight`

/** Open work that is awake, by whose it is; nobody's is a row of its own. */
const workOf = (workspace: Prisma.Sql, at: Prisma.Sql, workspaceId: string): Prisma.Sql => Prisma.sql`
  select t.assignee_id as staff_id, count(*)::int as open, (count(*) filter (where t.due_at <= ${at}))::int as late,
    (count(*) filter (where t.due_at < ${at} + make_interval(mins => ${dueNextSql(workspaceId)})))::int as due_next,
    min(t.queue_at) filter (where t.queue_at < '9999-12-31') as oldest
  from desk.ticket t where t.workspace_id = ${workspace} and ${OPEN} and ${AWAKE} group by t.assignee_id`

/** Who is logged in, and who should be. */
const peopleOf = (workspace: Prisma.Sql, at: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (select o.staff_id from desk.work_session o where o.workspace_id = ${workspace} and o.ended_at is null
  union
  select h.staff_id from desk.shift h where h.workspace_id = ${workspace} and h.cancelled is null
    and h.starts_at <= ${at} and h.starts_at > ${at} - ${LONGEST_SHIFT} and h.ends_at > ${at}) limit ${MOST_PEOPLE}`

/** Ids hold the time at which they were made, so those of today are the last of the primary key. */
const firstIdSince = (at: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`rpad(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0'), 32, '0')::uuid`

const answersOf = (workspace: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select (count(*) filter (where e.type = 'sla.met'))::int as in_time, (count(*) filter (where e.type = 'sla.breached'))::int as too_late
  from desk.event e where e.workspace_id = ${workspace} and e.type in ('sla.met', 'sla.breached') and e.recorded_at >= d.midnight
    and not e.historical and e.payload ->> 'target' in ('first', 'next')`

/** Staff `s` with their work `k`, their shifts of today and the times that may lie in them. */
const personJson = (at: Prisma.Sql): Prisma.Sql => Prisma.sql`json_build_object('id', s.id, 'name', s.name,
  'open', coalesce(k.open, 0), 'late', coalesce(k.late, 0), 'dueNext', coalesce(k.due_next, 0),
  'shifts', (select coalesce(json_agg(json_build_object('from', h.starts_at, 'to', h.ends_at) order by h.starts_at), '[]') from desk.shift h
    where h.workspace_id = s.workspace_id and h.staff_id = s.id and h.cancelled is null and h.starts_at <= ${at}
      and h.starts_at > d.midnight - ${LONGEST_SHIFT} and (h.starts_at >= d.midnight or h.ends_at > ${at})),
  'sessions', (select coalesce(json_agg(json_build_object('from', w.started_at, 'to', w.ended_at, 'breaks', (
      select coalesce(json_agg(json_build_object('from', b.started_at, 'to', b.ended_at, 'kind', b.kind, 'label', b.label, 'minutes', b.allowed_minutes)
        order by b.started_at), '[]') from desk.work_break b where b.workspace_id = w.workspace_id and b.session_id = w.id)) order by w.started_at), '[]')
    from desk.work_session w where w.workspace_id = s.workspace_id and w.staff_id = s.id and w.started_at > d.midnight - 2 * ${LONGEST_SHIFT}))`
