import type { TicketStatus } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { askWorkspace } from '../../../platform/asking.ts'
import { claimSql } from '../../claims/index.ts'

/** What must be seen of a ticket at once when it changes: whose it is, and who is on it. */
export type StandingNow = {
  version: number
  status: TicketStatus
  voided: boolean
  assignee: string | null
  claim: { name: string; since: string } | null
}

/** One trip, by the key of the ticket; null for one that is not there. */
export async function standingNow(ctx: Ctx, workspaceId: string, ticketId: string): Promise<StandingNow | null> {
  const [row] = await askWorkspace<StandingNow>(
    ctx,
    workspaceId,
    Prisma.sql`
      select t.version, t.status, t.void_reason is not null as voided, s.name as assignee, (${claimSql(ctx.clock.now())}) as claim
      from desk.ticket t
      left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
      where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`,
  )
  return row ?? null
}
