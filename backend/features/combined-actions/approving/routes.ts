import { approveAction, declineAction } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor, StaffActor } from '../../../platform/actor.ts'
import { route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { showAction } from '../showing/presenting.ts'
import { approve, decline } from './deciding.ts'

const shown = async (ctx: Ctx, actionId: string, by: Actor) =>
  (await inWorkspace(ctx, by.workspaceId, (tx) => showAction(ctx, tx, actionId, by), { reads: true })).view

export const approvalRoutes = [
  route(approveAction, async (ctx: Ctx, { params: { actionId }, body, actor }) => {
    await approve(ctx, actionId, body, actor as StaffActor)
    return shown(ctx, actionId, actor)
  }),

  route(declineAction, async (ctx: Ctx, { params: { actionId }, body, actor }) => {
    await decline(ctx, actionId, body.word, actor as StaffActor)
    return shown(ctx, actionId, actor)
  }),
]
