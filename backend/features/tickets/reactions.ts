import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { on } from '../../platform/events.ts'
import { staffDeactivated } from '../settings/index.ts'
import { handBackTicketsOf } from './assigning.ts'

export const ticketReactions = [
  on(staffDeactivated, 'tickets:hand-back', (ctx: Ctx, workspaceId, { staffId }) =>
    handBackTicketsOf(ctx, workspaceId, staffId, { which: 'open', by: systemOf(workspaceId) }),
  ),
]
