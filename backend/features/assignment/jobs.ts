import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { job } from '../../platform/jobs.ts'
import { handBackTicketsOf } from '../tickets/index.ts'
import { giveTickets } from './giving.ts'
import { GIVE, HAND_BACK } from './queueing.ts'

/** Also a tick: room is made by every answer, and nobody is told of it. */
export const giveWaiting = job(GIVE.name, z.object({}), giveTickets)

/** Workspaces in which tickets are given at all. */
export const giving = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.assignment_setting s where s.workspace_id = ${workspaceId} and s.mode <> 'off')`,
)

const handBack = job(
  HAND_BACK.name,
  z.object({ staffId: z.uuid(), byId: z.uuid() }),
  (ctx: Ctx, workspaceId, { staffId, byId }) =>
    handBackTicketsOf(ctx, workspaceId, staffId, { which: 'waiting', by: { kind: 'staff', id: byId } }),
)

export const assignmentJobs = [giveWaiting, handBack]
