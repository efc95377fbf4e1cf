import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { actionStepDone } from '../combined-actions/index.ts'
import { bookSteps } from './booking.ts'

export const financeReactions = [
  on(actionStepDone, 'finance:book', (ctx: Ctx, workspaceId, { stepId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => bookSteps(tx, await ctx.keyring.box(tx), [stepId])),
  ),
]
