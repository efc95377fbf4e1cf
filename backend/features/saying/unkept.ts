import { Prisma } from '../../generated/prisma/client.ts'

/** What was promised longer ago than this is no promise any more. */
const FORGOTTEN_AFTER = Prisma.sql`interval '14 days'`

/** Whether promise `p` is still to be kept at this time: its own has not come, or nobody of the house has answered since it was given. */
export const unkeptSql = (
  at: Prisma.Sql,
): Prisma.Sql => Prisma.sql`p.state = 'proposed' and p.due_at > ${at} - ${FORGOTTEN_AFTER} and (p.due_at > ${at}
    or not exists (select from desk.message pm where pm.workspace_id = p.workspace_id and pm.ticket_id = p.ticket_id
      and pm.direction = 'out' and pm.sent_at > p.found_at))`
