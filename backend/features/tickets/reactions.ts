import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { on } from '../../platform/events.ts'
import { staffDeactivated, staffRoleChanged } from '../settings/index.ts'
import { handBackTicketsOf } from './assigning.ts'
import { worksOnTickets } from './leavers.ts'

export const ticketReactions = [
  on(staffDeactivated, 'tickets:hand-back', (ctx: Ctx, workspaceId, { staffId }) =>
    handBackTicketsOf(ctx, workspaceId, staffId, { which: 'open', by: systemOf(workspaceId) }),
  ),
  on(staffRoleChanged, 'tickets:hand-back-of-role', async (ctx: Ctx, workspaceId, { staffId, role }) => {
    if (worksOnTickets(role)) return
    await handBackTicketsOf(ctx, workspaceId, staffId, { which: 'open', by: systemOf(workspaceId) })
  }),
]
