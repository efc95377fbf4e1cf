import type { Ctx } from '../../../context.ts'
import { on } from '../../../platform/events.ts'
import { staffRoleChanged } from '../../settings/index.ts'
import { inboxEnded } from '../events.ts'
import { lookAgainAt } from './switching.ts'

/** Labels go from the inbox of somebody who works on tickets no more, and come back when they do again. */
export const gmailQueueReactions = [
  on(staffRoleChanged, 'gmail-queue:role-changed', (ctx: Ctx, workspaceId, { staffId }) =>
    lookAgainAt(ctx, workspaceId, { staffId }),
  ),
  on(inboxEnded, 'gmail-queue:inbox-ended', (ctx: Ctx, workspaceId, { mailboxId }) =>
    lookAgainAt(ctx, workspaceId, { id: mailboxId }),
  ),
]
