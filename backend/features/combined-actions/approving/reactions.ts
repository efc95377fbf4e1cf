import type { Ctx } from '../../../context.ts'
import { on } from '../../../platform/events.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { actionConfirmed, actionResumed } from '../events.ts'
import { readAction } from '../locking.ts'
import { beginAsking } from './asking.ts'

export const approvalReactions = [
  on(actionConfirmed, 'combined-actions:begin-approval', (ctx: Ctx, workspaceId, { actionId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { state, createdAt } = await readAction(tx, actionId)
      if (state === 'waiting_approval') await beginAsking(tx, actionId, createdAt)
    }),
  ),

  /** The agent asks again after nobody agreed. */
  on(actionResumed, 'combined-actions:begin-approval-again', (ctx: Ctx, workspaceId, { actionId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { state } = await readAction(tx, actionId)
      if (state === 'waiting_approval') await beginAsking(tx, actionId, tx.now)
    }),
  ),
]
