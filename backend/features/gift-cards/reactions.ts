import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { effectsPauseChanged } from '../settings/index.ts'
import { resumeGiftCards } from './carrying-out.ts'

export const giftCardReactions = [
  on(effectsPauseChanged, 'gift-cards:after-pause', async (ctx: Ctx, workspaceId, { paused }) => {
    if (!paused) await resumeGiftCards(ctx, workspaceId)
  }),
]
