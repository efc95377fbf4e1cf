import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { stillOpenSql } from './statement.ts'

/** What is open no more leaves the list by itself; this lets it leave the index as well. */
export const settleLeft = job(
  'handover:settle-left',
  z.object({}),
  (ctx: Ctx, workspaceId) => inWorkspace(ctx, workspaceId, settleIn),
  { maxAttempts: 1 },
)

export const withLeft = workspacesWhere(
  (workspaceId) =>
    Prisma.sql`exists (select from desk.left_ticket l where l.workspace_id = ${workspaceId} and l.settled_at is null)`,
)

const settleIn = async (tx: Tx): Promise<void> => {
  await tx.$executeRaw`
    update desk.left_ticket l set settled_at = ${tx.now}, settled_how = 'over' from desk.ticket t
    where l.workspace_id = ${tx.workspaceId}::uuid and l.settled_at is null and t.workspace_id = l.workspace_id and t.id = l.ticket_id
      and not ${stillOpenSql}`
}

/** Of one person, because somebody else has it. */
export const settleHanded = (tx: Tx, fromId: string, ticketIds: readonly string[]) =>
  tx.leftTicket.updateMany({
    where: { workspaceId: tx.workspaceId, staffId: fromId, ticketId: { in: [...ticketIds] }, settledAt: null },
    data: { settledAt: tx.now, settledHow: 'handed' },
  })
