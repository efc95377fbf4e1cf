import { Prisma } from '../../../generated/prisma/client.ts'
import { LONGEST_SHIFT } from './reading.ts'

/** Whoever has a shift so near, planned or cancelled, works by a plan. */
const NEAR = '14 days'

/** Shifts of days on which somebody was away already when they were planned were never written out. */
const onLeave = (now: Date): Prisma.Sql => Prisma.sql`exists (
  select from desk.workspace z join desk.leave l on l.workspace_id = z.workspace_id and l.staff_id = s.id
    and l.from_day <= (${now}::timestamptz at time zone z.time_zone)::date and l.from_day > ${now}::date - 400
    and l.to_day >= (${now}::timestamptz at time zone z.time_zone)::date
  where z.workspace_id = s.workspace_id)`

/**
 * Whether a person of row `s` of desk.staff works by a plan, or has leave today, and is on no shift. Who has no plan at all is never off
 * shift.
 * @param now the instant that counts
 */
export const offShiftSql = (now: Date): Prisma.Sql => Prisma.sql`
  ((exists (select from desk.shift p where p.workspace_id = s.workspace_id and p.staff_id = s.id
      and p.starts_at > ${now}::timestamptz - ${NEAR}::interval and p.starts_at < ${now}::timestamptz + ${NEAR}::interval)
    or ${onLeave(now)})
    and not exists (select from desk.shift h where h.workspace_id = s.workspace_id and h.staff_id = s.id and h.cancelled is null
      and h.starts_at <= ${now} and h.starts_at > ${now}::timestamptz - ${LONGEST_SHIFT}::interval and h.ends_at > ${now}))`

/** As `offShiftSql`; whoever is logged in is on duty all the same. */
export const offDutySql = (now: Date): Prisma.Sql => Prisma.sql`
  (${offShiftSql(now)} and not exists (
    select from desk.work_session w where w.workspace_id = s.workspace_id and w.staff_id = s.id and w.ended_at is null))`
