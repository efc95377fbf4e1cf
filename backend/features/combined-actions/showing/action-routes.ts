import {
  getCombinedAction,
  listCombinedActions,
  resumeAction as resume,
  reviewActionAgain,
  showActionProgress,
  stopAction as stop,
  undoAction as undo,
} from '../../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { resumeAction } from '../deciding/resuming.ts'
import { stopAction } from '../deciding/stopping.ts'
import { undoAction } from '../deciding/undoing.ts'
import { reviewAgain } from '../drafting/revising.ts'
import { personOf } from './acts-on-orders.ts'
import { listActions } from './listing.ts'
import { showAction } from './presenting.ts'
import { showProgress } from './progress.ts'

export const actionRoutes = [
  route(listCombinedActions, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listActions(ctx, tx, query, actor), { reads: true }),
  ),
  route(getCombinedAction, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => (await showAction(ctx, tx, params.actionId, actor)).view, {
      reads: true,
    }),
  ),
  route(showActionProgress, (ctx: Ctx, { params, actor }) => cardOf(ctx, params.actionId, actor, null)),
  route(undo, async (ctx: Ctx, { params, actor }) => {
    const { stopped } = await undoAction(ctx, params.actionId, personOf(actor))
    return cardOf(ctx, params.actionId, actor, undoneWords(stopped))
  }),
  route(resume, async (ctx: Ctx, { params, actor }) => {
    await resumeAction(ctx, params.actionId, personOf(actor))
    return cardOf(ctx, params.actionId, actor, 'It goes on.')
  }),
  route(stop, async (ctx: Ctx, { params, actor }) => {
    await stopAction(ctx, params.actionId, personOf(actor))
    return cardOf(ctx, params.actionId, actor, 'Stopped: no more of it is done.')
  }),
  route(reviewActionAgain, (ctx: Ctx, { params, actor }) => reviewAgain(ctx, params.actionId, personOf(actor))),
]

const cardOf = (ctx: Ctx, actionId: string, actor: Actor, say: string | null): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, (tx) => showProgress(ctx, tx, actionId, actor, say), { reads: true })

const undoneWords = (stopped: readonly string[]): string =>
  stopped.length > 0 ? `Taken back. Not done: ${stopped.join('; ')}` : 'Taken back.'
