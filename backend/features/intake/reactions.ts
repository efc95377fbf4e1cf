import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { staffDeactivated } from '../settings/index.ts'
import { mailboxConnected } from './events.ts'
import { gmailQueueReactions } from './gmail-queue/reactions.ts'
import { endInbox } from './inboxes/ending.ts'
import { renewWatches } from './watching.ts'

/** A new mailbox is watched at once, not at the next daily renewal. */
export const intakeReactions = [
  ...gmailQueueReactions,
  /** Whoever leaves is read no more. */
  on(staffDeactivated, 'intake:inbox-of-leaver', (ctx: Ctx, workspaceId, { staffId }) =>
    inWorkspace(ctx, workspaceId, (tx) => endInbox(tx, staffId, systemOf(workspaceId))),
  ),
  on(mailboxConnected, 'intake:watch-new', (ctx: Ctx, workspaceId) => renewWatches(ctx, workspaceId)),
]
