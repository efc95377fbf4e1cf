import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { mailboxConnected } from './events.ts'
import { renewWatches } from './watching.ts'

/** A new mailbox is watched at once, not at the next daily renewal. */
export const intakeReactions = [
  on(mailboxConnected, 'intake:watch-new', (ctx: Ctx, workspaceId) => renewWatches(ctx, workspaceId)),
]
