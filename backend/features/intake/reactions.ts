import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { staffDeactivated } from '../settings/index.ts'
import { mailboxAccessRegained, mailboxConnected } from './events.ts'
import { gmailQueueReactions } from './gmail-queue/reactions.ts'
import { endInbox } from './inboxes/ending.ts'
import { mailboxPauseChanged } from './pausing.ts'
import { renewWatches } from './watching.ts'

/** A mailbox that is new, or read again, is watched at once and not at the next daily renewal: its watch may have ended meanwhile. */
export const intakeReactions = [
  ...gmailQueueReactions,
  /** Whoever leaves is read no more. */
  on(staffDeactivated, 'intake:inbox-of-leaver', (ctx: Ctx, workspaceId, { staffId }) =>
    inWorkspace(ctx, workspaceId, (tx) => endInbox(tx, staffId, systemOf(workspaceId))),
  ),
  on(mailboxConnected, 'intake:watch-new', (ctx: Ctx, workspaceId) => renewWatches(ctx, workspaceId)),
  on(mailboxAccessRegained, 'intake:watch-regained', (ctx: Ctx, workspaceId) => renewWatches(ctx, workspaceId)),
  on(mailboxPauseChanged, 'intake:watch-resumed', async (ctx: Ctx, workspaceId, { paused }) => {
    if (!paused) await renewWatches(ctx, workspaceId)
  }),
]
