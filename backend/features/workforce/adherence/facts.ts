import type { PersonAdherence } from '../../../../shared/shifts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { daysOf, laterBy } from '../shifts/days.ts'
import { wallClock } from '../shifts/laying-out.ts'
import { adherenceOf } from './measuring.ts'

/** Plan and log-ins of somebody, as short lists of numbers; instants are milliseconds since 1970. */
export type FactRow = {
  id: string
  name: string
  /** from, to, day */
  shifts: [number, number, string][]
  /** from, to; null while it goes on */
  sessions: [number, number | null][]
  /** from, to, minutes allowed */
  breaks: [number, number | null, number][]
}

export type PersonPlace = { name: string; id: string }

type Wanted = {
  from: Date
  to: Date
  staffId?: string | undefined
  after?: PersonPlace | null
  limit: number
}

/** Work lasts two days at most, so what reaches into a stretch began no earlier; a shift of its last day ends on the next. */
const BEFORE = '2 days'
const AFTER = '25 hours'

const ms = (column: string): Prisma.Sql => Prisma.raw(`(extract(epoch from ${column}) * 1000)::bigint`)

/**
 * Everybody who works here, or was planned or logged in meanwhile, by name, with what adherence is made of: one statement, by the
 * indexes of each person. Exported so that a test can look at its plan.
 */
export const adherenceFactsSql = (
  workspaceId: string,
  { from, to, staffId, after = null, limit }: Wanted,
): Prisma.Sql => {
  const near = (column: string) =>
    Prisma.sql`${Prisma.raw(column)} > ${from}::timestamptz - ${BEFORE}::interval and ${Prisma.raw(column)} < ${to}::timestamptz + ${AFTER}::interval`
  return Prisma.sql`
    select s.id::text, s.name,
      (select coalesce(json_agg(json_build_array(${ms('h.starts_at')}, ${ms('h.ends_at')}, h.day) order by h.starts_at), '[]')
        from desk.shift h where h.workspace_id = s.workspace_id and h.staff_id = s.id and h.cancelled is null and ${near('h.starts_at')}) as shifts,
      (select coalesce(json_agg(json_build_array(${ms('w.started_at')}, ${ms('w.ended_at')}) order by w.started_at), '[]')
        from desk.work_session w where w.workspace_id = s.workspace_id and w.staff_id = s.id and ${near('w.started_at')}) as sessions,
      (select coalesce(json_agg(json_build_array(${ms('b.started_at')}, ${ms('b.ended_at')}, b.allowed_minutes) order by b.started_at), '[]')
        from desk.work_session w join desk.work_break b on b.workspace_id = w.workspace_id and b.session_id = w.id
        where w.workspace_id = s.workspace_id and w.staff_id = s.id and ${near('w.started_at')}) as breaks
    from desk.staff s
    where s.workspace_id = ${workspaceId}::uuid
      ${staffId === undefined ? Prisma.empty : Prisma.sql`and s.id = ${staffId}::uuid`}
      ${after === null ? Prisma.empty : Prisma.sql`and (s.name, s.id) > (${after.name}, ${after.id}::uuid)`}
      and (s.state <> 'deactivated' and s.role in ('agent', 'supervisor', 'admin')
        or exists (select from desk.shift h where h.workspace_id = s.workspace_id and h.staff_id = s.id and h.cancelled is null and ${near('h.starts_at')})
        or exists (select from desk.work_session w where w.workspace_id = s.workspace_id and w.staff_id = s.id and ${near('w.started_at')}))
    order by s.name, s.id limit ${limit}`
}

export type DaySpan = { day: string; from: number; to: number }

/** Days with their bounds by the clocks of the workspace. @param days from and to, both included, YYYY-MM-DD */
export async function daySpansOf(tx: Tx, { from, to }: { from: string; to: string }): Promise<DaySpan[]> {
  const clock = wallClock(await zoneOf(tx))
  return daysOf(from, to).map((day) => ({
    day,
    from: clock(day, 0).getTime(),
    to: clock(laterBy(day, 1), 0).getTime(),
  }))
}

/** Plan against log-ins of people, by name. @param days at least one, on end */
export async function adherenceIn(
  tx: Tx,
  days: readonly DaySpan[],
  wanted: Pick<Wanted, 'staffId' | 'after' | 'limit'>,
): Promise<PersonAdherence[]> {
  const [from, to] = [new Date(days[0]?.from ?? 0), new Date(days.at(-1)?.to ?? 0)]
  const rows = await tx.$queryRaw<FactRow[]>(adherenceFactsSql(tx.workspaceId, { ...wanted, from, to }))
  return rows.map((row) => measured(row, days, tx.now))
}

/** What one row of facts comes to; days on which nothing was planned or done are left out. */
export function measured(
  { id, name, shifts, sessions, breaks }: FactRow,
  days: readonly DaySpan[],
  now: Date,
): PersonAdherence {
  const all = adherenceOf(
    shifts.map(([from, to, day]) => ({ from, to, day })),
    sessions.map(([from, to]) => ({ from, to })),
    breaks.map(([from, to, minutes]) => ({ from, to, allowedMs: minutes * 60_000 })),
    { now: now.getTime(), days },
  )
  return { staff: { id, name }, days: all.filter(({ planned, outside }) => planned > 0 || outside > 0) }
}
