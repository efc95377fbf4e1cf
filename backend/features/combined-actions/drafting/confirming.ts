import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { productLines } from '../deciding/product-lines.ts'
import { startAction } from '../deciding/starting.ts'
import type { ActionContent } from '../plan.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import type { Planned } from '../planning/planning.ts'
import { standingNow } from '../planning/reading.ts'
import { causesOf } from '../rules/limits.ts'
import { receiversOf } from '../rules/receivers.ts'
import { settingsIn } from '../rules/settings.ts'
import { showProgress } from '../showing/progress.ts'
import { difference } from '../standing.ts'
import { openDraft, reread } from './drafting.ts'
import { review } from './reviewing-drafts.ts'

/** A review that is older is shown anew instead of being confirmed. Milliseconds. */
const GOOD_FOR_MS = 60 * 60_000

/** Makes an action of a reviewed form, once; an order that moved since is shown as it is now. Shopify is asked first. */
export async function confirmDraft(
  ctx: Ctx,
  at: { ticketId: string; draftId: string; review?: string | undefined },
  by: StaffActor,
): Promise<PanelCard> {
  const opened = await openDraft(ctx, at, by)
  if ('confirmed' in opened) return opened.confirmed
  const { draft } = opened
  const anew = async (why: string) =>
    review(
      ctx,
      await reread(ctx, draft, by),
      by,
      `${why} This is how it stands now: look it over, then confirm.`.trim(),
    )
  const { reviewed, live } = draft.content
  if (reviewed === null) return anew('')
  if (at.review !== undefined && at.review !== reviewed.planned.plan.actionId)
    return anew('This form was changed after the review that you confirmed.')
  if (ctx.clock.now().getTime() - Date.parse(reviewed.at) > GOOD_FOR_MS)
    return anew('This form is more than an hour old.')
  const now = await standingNow(ctx, by.workspaceId, live)
  const moved = difference(reviewed.planned.plan.standing, now, live.shop.currency)
  if (moved !== null) return anew(moved)
  const actionId = await inWorkspace(ctx, by.workspaceId, (tx) =>
    begin(ctx, tx, { ...at, revisesId: draft.revisesId, live }, reviewed.planned, by),
  )
  return inWorkspace(ctx, by.workspaceId, (tx) => showProgress(ctx, tx, actionId, by, null), { reads: true })
}

type Intended = { draftId: string; ticketId: string; revisesId: string | null; live: LiveOrder }

/** Weighs a plan once more and writes it down as an action, in the caller's transaction. @returns its id */
export async function begin(
  ctx: Ctx,
  tx: Tx,
  { draftId, ticketId, revisesId, live }: Intended,
  { plan, value }: Planned,
  by: StaffActor,
): Promise<string> {
  const settings = await settingsIn(tx)
  const { causes, compensation } = await causesOf(tx, {
    live,
    value,
    by: { id: by.id, role: by.role },
    settings,
    confirming: true,
    exceptActionId: revisesId,
  })
  const { actionId } = await startAction(ctx, tx, {
    draftId,
    ticketId,
    order: orderOf(live),
    by,
    plan,
    content: contentOf(live, plan, compensation),
    lines: productLines(live, plan.input),
    causes: causes.map(({ cause }) => cause),
    settings,
    ...(revisesId !== null && { revisesId }),
  })
  return actionId
}

const orderOf = ({ orderId, shop, receiver }: LiveOrder) => ({
  orderId,
  shopId: shop.id,
  customerShopifyId: receiver.customerShopifyId === null ? null : BigInt(receiver.customerShopifyId),
  emailKey: receiver.emailKey,
})

const contentOf = (live: LiveOrder, plan: ActionContent['plan'], compensation: string): ActionContent => ({
  plan,
  order: {
    name: live.name,
    customer: live.customer.name,
    currency: live.shop.currency,
    customerCurrency: live.customerCurrency,
  },
  compensation,
  receivers: receiversOf(live.receiver.emailKeys),
})
