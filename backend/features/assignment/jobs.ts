import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { handBackTicketsOf } from '../tickets/index.ts'
import { giveTickets } from './giving.ts'
import { GIVE, HAND_BACK } from './queueing.ts'

/** Also a tick: room is made by every answer, and nobody is told of it. */
export const giveWaiting = job(GIVE.name, z.object({}), giveTickets)

const handBack = job(
  HAND_BACK.name,
  z.object({ staffId: z.uuid(), byId: z.uuid() }),
  (ctx: Ctx, workspaceId, { staffId, byId }) =>
    handBackTicketsOf(ctx, workspaceId, staffId, { which: 'waiting', by: { kind: 'staff', id: byId } }),
)

export const assignmentJobs = [giveWaiting, handBack]
