import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { savedReplyRemoved } from '../drafts/index.ts'
import { staffDeactivated } from '../settings/index.ts'
import { pauseBroken } from './definitions/pausing.ts'

/** What a rule names may go away. */
export const ruleReactions = [
  on(staffDeactivated, 'rules:after-leaving', (ctx: Ctx, workspaceId) => pauseBroken(ctx, workspaceId)),
  on(savedReplyRemoved, 'rules:after-removing', (ctx: Ctx, workspaceId) => pauseBroken(ctx, workspaceId)),
]
