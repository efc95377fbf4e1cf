import { Prisma } from '../../../generated/prisma/client.ts'
import { keptBySql } from '../../combined-actions/index.ts'
import { OPEN } from '../../queues/index.ts'
import { unkeptSql } from '../../saying/index.ts'

export type LeftRow = { staffId: string; name: string; ticketId: string; number: number; subject: string; at: Date }

/** Whether something of whoever left ticket `t` (row `l`) is open there: the ticket itself, unless somebody else has it, or what is theirs alone. */
export const stillOpenSql: Prisma.Sql = Prisma.sql`(
  ${OPEN} and coalesce(t.assignee_id, l.staff_id) = l.staff_id
  or exists (select from desk.reminder r where r.workspace_id = l.workspace_id and r.ticket_id = l.ticket_id and r.done_at is null and r.staff_id = l.staff_id)
  or ${OPEN} and exists (select from desk.spoken_promise p where p.workspace_id = l.workspace_id and p.ticket_id = l.ticket_id and p.staff_id = l.staff_id
    and ${unkeptSql(Prisma.sql`l.left_at`)})
  or exists (select from desk.combined_action ca where ca.workspace_id = l.workspace_id and ca.ticket_id = l.ticket_id and ${keptBySql(Prisma.sql`l.staff_id`)}))`

export type LeftPlace = { at: Date; ticketId: string; staffId: string }
type Wanted = { after?: LeftPlace | null; limit: number }

/** What people left open when their work ended and nobody looks after, the longest first; one row for each person and ticket. */
export const notHandedOverSql = (workspaceId: string, { after = null, limit }: Wanted): Prisma.Sql => Prisma.sql`
  select l.staff_id::text as "staffId", s.name, l.ticket_id::text as "ticketId", t.number, t.subject, l.left_at as at
  from desk.left_ticket l
  join desk.staff s on s.workspace_id = l.workspace_id and s.id = l.staff_id
  join desk.ticket t on t.workspace_id = l.workspace_id and t.id = l.ticket_id
  where l.workspace_id = ${workspaceId}::uuid and l.settled_at is null and ${stillOpenSql} ${after ? behind(after) : Prisma.empty}
  order by l.left_at, l.ticket_id, l.staff_id limit ${limit}`

const behind = ({ at, ticketId, staffId }: LeftPlace): Prisma.Sql =>
  Prisma.sql`and (l.left_at, l.ticket_id, l.staff_id) > (${at}, ${ticketId}::uuid, ${staffId}::uuid)`

/** Which of some tickets one person left, and nobody looks after. */
export const leftOfSql = (workspaceId: string, staffId: string, ticketIds: readonly string[]): Prisma.Sql => Prisma.sql`
  select l.ticket_id::text as "ticketId" from desk.left_ticket l
  join desk.ticket t on t.workspace_id = l.workspace_id and t.id = l.ticket_id
  where l.workspace_id = ${workspaceId}::uuid and l.staff_id = ${staffId}::uuid and l.ticket_id = any(${ticketIds}::uuid[])
    and l.settled_at is null and ${stillOpenSql}`
