import { Prisma } from '../../../generated/prisma/client.ts'
import { LONGEST_SHIFT } from './reading.ts'

/** Who should be at work at this moment and is not logged in, by name: `staffId`, `name`. */
export const missingSql = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  select s.id::text as "staffId", s.name from desk.shift h join desk.staff s on s.workspace_id = h.workspace_id and s.id = h.staff_id
  where h.workspace_id = ${workspaceId}::uuid and h.cancelled is null and h.starts_at <= ${now}
    and h.starts_at > ${now}::timestamptz - ${LONGEST_SHIFT}::interval and h.ends_at > ${now}
    and not exists (select from desk.work_session o where o.workspace_id = h.workspace_id and o.staff_id = h.staff_id and o.ended_at is null)
  order by s.name, s.id limit 500`
