import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { endRunOut } from './ending.ts'

/** Nothing waits for this: a claim that ran out is none, also while its row is open. */
export const endClaims = job('claims:end-run-out', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, (tx) => endRunOut(tx)),
)

export const withClaims = workspacesWhere(
  (workspaceId, at) => Prisma.sql`
    exists (select from desk.ticket_claim c where c.workspace_id = ${workspaceId} and c.ended_at is null and c.until <= ${at})`,
)
