import type { ActionInput, StepKind } from '../../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { ActionRow } from '../locking.ts'
import { type Shown, showAction } from '../showing/presenting.ts'
import { startRevision } from './drafting.ts'

/** Opens the form with what a parked action has not done. @throws DeskError move_not_allowed unless it stands still and is the caller's */
export async function reviewAgain(ctx: Ctx, actionId: string, by: StaffActor): Promise<PanelCard> {
  const shown = await inWorkspace(ctx, by.workspaceId, (tx) => showAction(ctx, tx, actionId, by), { reads: true })
  const { view, action } = shown
  if (!view.may.includes('review_again'))
    throw new DeskError('move_not_allowed', 'Only an action of yours that stands still can be reviewed again.')
  refuseUnclear(action)
  const { ticketId, orderId } = action
  return startRevision(ctx, { ticketId, orderId, actionId, input: restOf(shown) }, by)
}

/** What may have happened all the same must not be planned a second time. */
function refuseUnclear({ steps }: ActionRow): void {
  if (!steps.some(({ state }) => UNCLEAR.includes(state))) return
  throw new DeskError(
    'in_progress',
    'Of one step nobody knows yet whether it happened. Press Resume: it is looked up, and not done twice.',
  )
}

const UNCLEAR: readonly string[] = ['unknown', 'running', 'waiting', 'needs_person']

/** The intention without the parts that are done. Lines are cancelled by the refund that gives their money back. */
export function restOf({ action, content }: Pick<Shown, 'action' | 'content'>): ActionInput {
  const { input } = content.plan
  const isDone = (kind: StepKind) => action.steps.some((step) => step.kind === kind && step.state === 'done')
  const cancelStep: StepKind = input.cancel?.lines ? 'refund' : 'cancel'
  return {
    ...input,
    cancel: isDone(cancelStep) ? null : input.cancel,
    reship: isDone('reship') ? null : input.reship,
    refund: isDone('refund') ? null : input.refund,
    giftCard: isDone('gift_card') ? null : input.giftCard,
  }
}
