import type { ActionSettings, ActionState, ApprovalCause } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { planAll } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { planIssue } from '../../gift-cards/index.ts'
import { orderGid, shopifyIdOf } from '../../orders/index.ts'
import { refuseInShadow } from '../../settings/index.ts'
import { sealContent } from '../content.ts'
import { actionConfirmed } from '../events.ts'
import type { ActionContent, Plan, PlannedStep } from '../plan.ts'
import { wake, wakeAt } from '../queueing.ts'
import { type ActingRow, actingSql, presentActing } from '../showing/running-actions.ts'
import { entryOf } from '../step-entries.ts'
import { type ProductLine, writeLines } from './product-lines.ts'
import { endRevised } from './stopping.ts'

export type Confirmed = {
  /** The form or request that it came from: confirmed twice it is one action. */
  draftId: string
  ticketId: string
  order: { orderId: string; shopId: string; customerShopifyId: bigint | null; emailKey: string | null }
  by: StaffActor
  plan: Plan
  content: ActionContent
  /** Which products it is about. */
  lines: readonly ProductLine[]
  /** Why a second person must agree; empty when nobody must. */
  causes: readonly ApprovalCause[]
  settings: Pick<ActionSettings, 'undoSeconds'>
  /** The parked action whose rest this is: it ends here. */
  revisesId?: string | undefined
}

/**
 * Writes a confirmed action down: its steps, the exact request and key of each, and the code of its gift card. Nothing is sent here.
 * @returns `fresh` false when this draft was confirmed before: that action is the one
 * @throws DeskError in_progress when somebody else acts on the order; in_shadow
 */
export async function startAction(ctx: Ctx, tx: Tx, wanted: Confirmed): Promise<{ actionId: string; fresh: boolean }> {
  const { plan, by, ticketId, order } = wanted
  await refuseInShadow(tx, { ticketId })
  const box = await ctx.keyring.box(tx)
  if (wanted.revisesId !== undefined) await endRevised(ctx, tx, wanted.revisesId, by)
  const about = await aboutOrder(tx, order.orderId)
  const state = firstState(wanted)
  const leavesAt = state === 'waiting_approval' ? null : new Date(tx.now.getTime() + undoMs(wanted))
  const row = { ...rowOf(tx, box, wanted), state, leavesAt, shopDay: about.day }
  const { count } = await tx.combinedAction.createMany({ data: [row], skipDuplicates: true })
  if (count === 0) return { actionId: await theSame(tx, wanted), fresh: false }
  await writeSteps(tx, box, wanted, about.shopifyId)
  await writeLines(tx, plan.actionId, wanted.lines)
  await planGiftCard(tx, box, wanted)
  const actionId = plan.actionId
  await record(tx, [actionConfirmed({ ticketId, actionId, orderId: order.orderId, state, by })])
  await wake(tx, actionId)
  if (state === 'undoable' && leavesAt) await wakeAt(tx, actionId, leavesAt)
  return { actionId, fresh: true }
}

type FirstState = Extract<ActionState, 'waiting_approval' | 'undoable' | 'running'>

function firstState(wanted: Confirmed): FirstState {
  if (wanted.causes.length > 0) return 'waiting_approval'
  return undoMs(wanted) > 0 ? 'undoable' : 'running'
}

/** Nobody waits for what moves no money. */
const undoMs = ({ plan, settings }: Confirmed): number => (movesMoney(plan) ? settings.undoSeconds * 1_000 : 0)

const movesMoney = ({ steps }: Plan): boolean =>
  steps.some(({ kind, amount }) => kind === 'gift_card' || kind === 'reship' || (amount?.minor ?? 0) > 0)

/** What an action gives away, in the shop's currency. */
export const givenBy = (steps: readonly PlannedStep[]): number =>
  steps.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)

const rowOf = (tx: Tx, box: Box, { draftId, ticketId, order, by, plan, content, causes }: Confirmed) => ({
  workspaceId: tx.workspaceId,
  id: plan.actionId,
  draftId,
  ticketId,
  shopId: order.shopId,
  orderId: order.orderId,
  customerShopifyId: order.customerShopifyId,
  emailKey: order.emailKey,
  byId: by.id,
  byRole: by.role,
  reasonCode: plan.input.reason.code,
  currency: content.order.currency,
  valueMinor: BigInt(givenBy(plan.steps)),
  movesMoney: movesMoney(plan),
  causes: [...causes],
  content: sealContent(box, plan.actionId, content),
  createdAt: tx.now,
})

/** The day in the shop's time zone, and how Shopify names the order. */
async function aboutOrder(tx: Tx, orderId: string): Promise<{ day: Date; shopifyId: bigint }> {
  const [row] = await tx.$queryRaw<{ day: Date; shopifyId: bigint }[]>`
    select (${tx.now}::timestamptz at time zone s.time_zone)::date as day, o.shopify_id as "shopifyId"
    from desk.shop_order o join desk.shop s on s.workspace_id = o.workspace_id and s.id = o.shop_id
    where o.workspace_id = ${tx.workspaceId}::uuid and o.id = ${orderId}::uuid`
  if (!row) throw new DeskError('not_found', 'There is no such order in this workspace.')
  return row
}

async function writeSteps(tx: Tx, box: Box, { plan, ticketId, by, order }: Confirmed, shopifyId: bigint) {
  const at = { actionId: plan.actionId, shopId: order.shopId, orderId: orderGid(shopifyId) }
  const steps = plan.steps.map((step, position) => ({ step, position, id: newId(tx.now), entryId: newId(tx.now) }))
  await planAll(
    tx,
    box,
    steps.map(({ step, id, entryId }) => entryOf({ ...at, id: entryId, stepId: id, ticketId, by, send: step.request })),
  )
  await tx.actionStep.createMany({
    data: steps.map(({ step, ...own }) => ({
      ...own,
      ...stepColumns(step),
      workspaceId: tx.workspaceId,
      actionId: plan.actionId,
      state: 'planned',
    })),
  })
}

/** What of a planned step stands on its row. */
export const stepColumns = (
  step: PlannedStep,
): Omit<Prisma.ActionStepCreateManyInput, 'workspaceId' | 'id' | 'actionId' | 'position' | 'state'> => ({
  kind: step.kind,
  reasonCode: step.reasonCode,
  minor: step.amount && BigInt(step.amount.minor),
  currency: step.amount?.currency ?? null,
  customerMinor: step.customerAmount && BigInt(step.customerAmount.minor),
  customerCurrency: step.customerAmount?.currency ?? null,
  taxMinor: step.tax && BigInt(step.tax.minor),
  route: step.route,
  notify: step.notify,
})

async function planGiftCard(tx: Tx, box: Box, { plan, ticketId, order, by }: Confirmed): Promise<void> {
  const step = plan.steps.find(({ kind }) => kind === 'gift_card')
  if (step?.request.kind !== 'gift_card') return
  const { issueId: id, customerId, amount, expiresOn, notify } = step.request
  await planIssue(tx, box, {
    id,
    shopId: order.shopId,
    amount,
    expiresOn,
    customerShopifyId: customerId === null ? order.customerShopifyId : shopifyIdOf(customerId),
    ticketId,
    orderId: order.orderId,
    actionId: plan.actionId,
    reasonCode: step.reasonCode,
    by,
    notify,
  })
}

/** Nothing was written: this draft was confirmed before, or the order has an open action. */
async function theSame(tx: Tx, { draftId, order, by }: Confirmed): Promise<string> {
  const where = { workspaceId_draftId: { workspaceId: tx.workspaceId, draftId } }
  const same = await tx.combinedAction.findUnique({ where, select: { id: true } })
  if (same) return same.id
  const [row] = await tx.$queryRaw<{ acting: ActingRow | null }[]>`
    select ${actingSql(Prisma.sql`${tx.workspaceId}::uuid`)} as acting from desk.shop_order o where o.workspace_id = ${tx.workspaceId}::uuid and o.id = ${order.orderId}::uuid`
  const acting = presentActing(row?.acting ?? null, by.id)
  throw new DeskError(
    'in_progress',
    `${acting?.words ?? 'Another action on this order has just begun.'} An order has one at a time: open that one, or wait until it is over.`,
  )
}
