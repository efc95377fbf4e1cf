import type { ActionInput, ActionView } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { planOf } from '../planning/planning.ts'
import { readForAction } from '../planning/reading.ts'
import { reasonsIn } from '../rules/reasons.ts'
import { showAction } from '../showing/presenting.ts'
import { begin } from './confirming.ts'

type Stated = { ticketId: string; orderId: string; input: ActionInput }

/** Plans and confirms an intention in one go, by the same rules as the form. Shopify is asked first. */
export async function createAction(
  ctx: Ctx,
  { ticketId, orderId, input }: Stated,
  by: StaffActor,
): Promise<ActionView> {
  const { workspaceId } = by
  const live = await readForAction(ctx, workspaceId, orderId)
  const reasons = await inWorkspace(ctx, workspaceId, reasonsIn, { reads: true })
  const planned = await planOf(ctx, workspaceId, { live, input, reasons })
  const intended = { draftId: newId(), ticketId, revisesId: null, live }
  const actionId = await inWorkspace(ctx, workspaceId, (tx) => begin(ctx, tx, intended, planned, by))
  const read = await inWorkspace(ctx, workspaceId, (tx) => showAction(ctx, tx, actionId, by), { reads: true })
  return read.view
}
