import { Prisma } from '../../../generated/prisma/client.ts'
import { minutesSql } from '../settings.ts'
import { LONGEST_SHIFT } from '../shifts/reading.ts'

/** Whoever said after the end of a shift to work on has so long at least, however late it is. */
const STAYS = Prisma.sql`interval '4 hours'`

/** The last thing that the person of work `w` pressed in it, who was there then; null before a break. */
const PRESSED = Prisma.sql`
  (select max(greatest(b.started_at, b.ended_at)) from desk.work_break b where b.workspace_id = w.workspace_id and b.session_id = w.id)`

/** A longest log-in that is shortened takes nobody what they had worked by then. */
const withoutShift = (workspaceId: string): Prisma.Sql => Prisma.sql`greatest(
  w.started_at + make_interval(mins => ${minutesSql(workspaceId, 'longest')}),
  (select updated_at from desk.workforce_setting where workspace_id = ${workspaceId}::uuid))`

/** When work `w` is over where nobody logs out, if its shift ends at `plannedEnd`, which may be null. */
const overAt = (workspaceId: string, plannedEnd: Prisma.Sql): Prisma.Sql => Prisma.sql`greatest(
  case when ${plannedEnd} is null or w.stays then ${withoutShift(workspaceId)} end,
  ${plannedEnd}, case when w.stays then ${plannedEnd} + ${STAYS} end, ${PRESSED})`

/**
 * When work `w` is over where nobody logs out: at the end of its shift; where none is planned, or somebody said to work on, after the
 * longest log-in; never before the last thing that the person pressed.
 */
export const workOverAtSql = (workspaceId: string): Prisma.Sql => overAt(workspaceId, Prisma.sql`w.planned_end_at`)

/** Log-outs are waited for so long. */
export const graceSql = (workspaceId: string): Prisma.Sql =>
  Prisma.sql`make_interval(mins => ${minutesSql(workspaceId, 'grace')})`

/**
 * When the shift ends that work `w` belongs to, as shifts are planned by now; null where none is. It is the shift during which the work
 * began, or the first one after it, and each that begins before a log-out was due at the one before: the next day's is not, also when
 * nobody has looked for a night.
 */
export const plannedEndSql = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  (select case when min(h.starts_at) <= ${overAt(workspaceId, Prisma.sql`null::timestamptz`)} + ${graceSql(workspaceId)}
      then min(h.ends_at) filter (where not exists (
        select from desk.shift n where n.workspace_id = h.workspace_id and n.staff_id = h.staff_id and n.cancelled is null
          and n.starts_at >= h.ends_at and n.starts_at <= ${now}
          and n.starts_at <= ${overAt(workspaceId, Prisma.sql`h.ends_at`)} + ${graceSql(workspaceId)})) end
    from desk.shift h where h.workspace_id = w.workspace_id and h.staff_id = w.staff_id and h.cancelled is null
      and h.starts_at <= ${now} and h.starts_at > w.started_at - ${LONGEST_SHIFT}::interval and h.ends_at > w.started_at)`
