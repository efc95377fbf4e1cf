import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { staffDeactivated } from './events.ts'
import { endSessionsOf } from './page-sessions.ts'

export const settingsReactions = [
  on(staffDeactivated, 'settings:end-sessions', (ctx: Ctx, workspaceId, { staffId }) =>
    endSessionsOf(ctx, workspaceId, staffId),
  ),
]
