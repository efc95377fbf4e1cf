import { Prisma } from '../../generated/prisma/client.ts'
import { actingSql } from '../combined-actions/index.ts'
import { type Beside, sinceFor } from '../orders/index.ts'

/**
 * Whose orders stand beside the ticket `t` of a statement: its customer's, and which of their addresses their mails are proved to come
 * from. The buyer who answers into a stranger's ticket opens nothing: our answers go to the stranger.
 */
export const besideTicket = (now: Date): Beside => ({
  workspaceId: Prisma.sql`t.workspace_id`,
  ticketId: Prisma.sql`t.id`,
  addresses: Prisma.sql`array(select a.email_key from desk.customer_address a where a.workspace_id = t.workspace_id and a.customer_id = t.customer_id limit 20)`,
  proven: Prisma.sql`array(select distinct p.proven_key from desk.message p where p.workspace_id = t.workspace_id and p.ticket_id = t.id
    and p.author_id = t.customer_id and p.proven_key is not null)`,
  since: sinceFor(now),
  acting: actingSql(Prisma.sql`t.workspace_id`),
})
