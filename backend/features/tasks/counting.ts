import { Prisma } from '../../generated/prisma/client.ts'

/** JSON: how many open tasks of one person are due by today, in the statement about the workspace `w`; a hundred at most. */
export const tasksDueSql = (me: string | null, now: Date): Prisma.Sql => Prisma.sql`(
  select count(*)::int from (
    select from desk.task k where k.workspace_id = w.workspace_id and k.assignee_id = ${me}::uuid and k.done_at is null
      and k.due_on <= (${now}::timestamptz at time zone w.time_zone)::date limit 100) due)`
