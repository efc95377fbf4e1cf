import { type ActionInput, ActionStart, DraftPage } from '../../../shared/combined-actions.ts'
import type { OrderView } from '../../../shared/orders.ts'
import type { PanelCard, PanelFields } from '../../../shared/panel.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { parse } from '../../platform/http.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import {
  actsFor,
  confirmDraft,
  createAction,
  orderOfDraft,
  personOf,
  startDraft,
  turnDraft,
} from '../combined-actions/index.ts'
import { presentOrders } from '../orders/index.ts'
import { rowsFor } from './asking-orders.ts'

/** Acting on an order needs what seeing its details needs: the buyer writes, or somebody confirmed the link (decision 009). */

type OnOrder = { ticketId: string; orderId: string }
type OnDraft = { ticketId: string; draftId: string }
type Typed = PanelFields['fields']

export async function beginForm(
  ctx: Ctx,
  on: OnOrder,
  { start, fields }: { start?: ActionStart | undefined; fields: Typed },
  actor: Actor,
): Promise<PanelCard> {
  refuseBusy(await openedOrder(ctx, on, actor))
  const { start: chosen, ...typed } = fields
  const wanted = parse(ActionStart, start ?? chosen?.[0] ?? 'blank', 'body.start')
  return startDraft(ctx, { ...on, start: wanted, fields: typed }, personOf(actor))
}

export async function turnForm(
  ctx: Ctx,
  on: OnDraft & { page: string },
  { line, fields }: { line: number; fields: Typed },
  actor: Actor,
): Promise<PanelCard> {
  const page = parse(DraftPage, on.page, 'path.page')
  await refuseLockedDraft(ctx, on, actor)
  return turnDraft(ctx, { ...on, page, line, fields }, personOf(actor))
}

export async function confirmForm(
  ctx: Ctx,
  on: OnDraft & { review?: string | undefined },
  actor: Actor,
): Promise<PanelCard> {
  await refuseLockedDraft(ctx, on, actor)
  return confirmDraft(ctx, on, personOf(actor))
}

/** The same in one call, for programs. */
export async function actAtOnce(ctx: Ctx, on: OnOrder, input: ActionInput, actor: Actor) {
  refuseBusy(await openedOrder(ctx, on, actor))
  return createAction(ctx, { ...on, input }, personOf(actor))
}

/** A link may have been taken back since the form was opened. */
async function refuseLockedDraft(ctx: Ctx, on: OnDraft, actor: Actor): Promise<void> {
  const orderId = await orderOfDraft(ctx, on, personOf(actor))
  await openedOrder(ctx, { ticketId: on.ticketId, orderId }, actor)
}

/** @throws DeskError not_found, or forbidden with the words that say what opens the order */
async function openedOrder(ctx: Ctx, { ticketId, orderId }: OnOrder, actor: Actor): Promise<OrderView> {
  const [order] = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => presentOrders(await ctx.keyring.box(tx), await rowsFor(tx, ticketId, [orderId]), actsFor(actor)),
    { reads: true },
  )
  if (!order) throw new DeskError('not_found', 'There is no such order in your workspace.')
  if (order.locked !== null) throw new DeskError('forbidden', order.locked)
  return order
}

function refuseBusy({ acting, noStarts }: OrderView): void {
  if (acting !== null)
    throw new DeskError('in_progress', `${acting.words} Wait until it is over; an order has one action at a time.`)
  if (noStarts !== null) throw new DeskError('move_not_allowed', noStarts)
}
