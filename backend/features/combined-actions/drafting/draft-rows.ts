import type { ActionStart } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { actionFormOpened } from '../events.ts'
import type { Fields } from '../forms/fields.ts'
import type { Goods, LiveOrder } from '../planning/live-order.ts'
import type { Planned } from '../planning/planning.ts'

/** What a form keeps between its pages: JSON, sealed. */
export type DraftContent = {
  start: ActionStart
  fields: Fields
  /** The order as it was read for what the form shows. */
  live: LiveOrder
  substitutes: Record<string, readonly Goods[]>
  /** What was reviewed last, and when; null until there was a review, and after something was changed. */
  reviewed: { planned: Planned; at: string } | null
}

export type Draft = { id: string; ticketId: string; orderId: string; revisesId: string | null; content: DraftContent }

const PLACE = 'action_draft.content'

/** Days that a form is kept after it was touched last. */
export const KEPT_DAYS = 7

/** @throws DeskError not_found for a form that is gone, or that is another person's */
export async function readDraft(
  ctx: Ctx,
  tx: Tx,
  { ticketId, draftId }: { ticketId: string; draftId: string },
  by: Actor,
): Promise<Draft> {
  const row = await tx.actionDraft.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: draftId } },
  })
  if (!row || row.ticketId !== ticketId || row.byId !== by.id)
    throw new DeskError(
      'not_found',
      `This form is not there any more: forms are kept for ${KEPT_DAYS} days. Begin again on the order.`,
    )
  const box = await ctx.keyring.box(tx)
  const { id, orderId, revisesId } = row
  return { id, ticketId, orderId, revisesId, content: JSON.parse(box.openText(PLACE, id, row.content)) }
}

/** The first time it is kept is when it was opened. */
export async function keepDraft(ctx: Ctx, tx: Tx, draft: Draft, byId: string): Promise<void> {
  const { id, ticketId, orderId, revisesId } = draft
  const { workspaceId, now } = tx
  const box = await ctx.keyring.box(tx)
  const kept = { content: box.seal(PLACE, id, JSON.stringify(draft.content)), updatedAt: now }
  const { count } = await tx.actionDraft.updateMany({ where: { workspaceId, id }, data: kept })
  if (count > 0) return
  await tx.actionDraft.create({
    data: { workspaceId, id, ticketId, orderId, byId, revisesId, createdAt: now, ...kept },
    select: { id: true },
  })
  await record(tx, [actionFormOpened({ ticketId, orderId, by: { kind: 'staff', id: byId } })])
}

/** The action that a form has become; null while it has not. */
export async function actionOfDraft(tx: Tx, draftId: string): Promise<string | null> {
  const where = { workspaceId_draftId: { workspaceId: tx.workspaceId, draftId } }
  const found = await tx.combinedAction.findUnique({ where, select: { id: true } })
  return found?.id ?? null
}

export async function forgetOldDrafts(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)
  const { count } = await tx.actionDraft.deleteMany({
    where: { workspaceId: tx.workspaceId, updatedAt: { lt: before } },
  })
  return count
}
