import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { effectsPauseChanged } from '../settings/index.ts'
import { resumeReplies } from './resuming.ts'

export const draftReactions = [
  on(effectsPauseChanged, 'drafts:after-pause', async (ctx: Ctx, workspaceId, { paused }) => {
    if (!paused) await resumeReplies(ctx, workspaceId)
  }),
]
