import { Prisma } from '../../generated/prisma/client.ts'

/** Tickets of staff `s` whose customer waits; what is pending or snoozed is nobody's burden right now. */
export const LOAD = Prisma.sql`(select count(*)::int from desk.ticket l where l.workspace_id = s.workspace_id and l.assignee_id = s.id
  and l.status in ('new', 'open', 'pending', 'on_hold') and l.void_reason is null and l.snoozed_until is null and l.queue_at < '9999-12-31')`
