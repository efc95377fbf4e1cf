import { z } from 'zod'
import type { StepKind } from '../../../shared/combined-actions.ts'
import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { enqueue, enqueueAll, job } from '../../platform/jobs.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { orderForgotten, shopForgotten } from '../orders/index.ts'
import { keepContent, openActionContent } from './content.ts'
import type { ActionContent, StepRequest } from './plan.ts'

const AGAIN = { name: 'combined-actions:forget-people', maxAttempts: 25 }
const DAY_MS = 86_400_000

/** The buyer of an order asked to be forgotten. What is not over yet goes on, and is looked at again the next day. */
export const forgettingReactions = [
  on(orderForgotten, 'combined-actions:forget-order', (ctx: Ctx, workspaceId, { orderId }) =>
    forgetPeopleOf(ctx, workspaceId, orderId),
  ),
  on(shopForgotten, 'combined-actions:forget-shop', (ctx: Ctx, workspaceId, { shopId }) =>
    inWorkspace(ctx, workspaceId, (tx) => forgetPeopleIn(tx, shopId)),
  ),
]

export const forgetPeopleJob = job(
  AGAIN.name,
  z.object({ orderId: z.uuid() }),
  (ctx: Ctx, workspaceId, { orderId }) => forgetPeopleOf(ctx, workspaceId, orderId),
  AGAIN,
)

/** A job for each order on which something was done. */
async function forgetPeopleIn(tx: Tx, shopId: string): Promise<void> {
  const acted = await tx.combinedAction.findMany({
    where: { workspaceId: tx.workspaceId, shopId },
    distinct: ['orderId'],
    select: { orderId: true },
  })
  await enqueueAll(
    tx,
    acted.map(({ orderId }) => ({
      job: AGAIN.name,
      payload: { orderId },
      key: keyOf(orderId),
      maxAttempts: AGAIN.maxAttempts,
    })),
  )
}

const keyOf = (orderId: string): string => `forget-people:${orderId}`

type Over = { id: string; ticketId: string; content: Uint8Array }

const forgetPeopleOf = (ctx: Ctx, workspaceId: string, orderId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId, orderId }
    const open = { in: [...OPEN] }
    const over: Over[] = await tx.combinedAction.findMany({
      where: { ...where, state: { notIn: open.in } },
      select: { id: true, ticketId: true, content: true },
    })
    const box = await ctx.keyring.box(tx)
    await emptyContents(tx, box, over)
    await emptyRequests(tx, box, over)
    await forgetTheirs(
      tx,
      box,
      over.map(({ id }) => id),
    )
    if ((await tx.combinedAction.count({ where: { ...where, state: open } })) === 0) return
    const at = new Date(tx.now.getTime() + DAY_MS)
    await enqueue(tx, AGAIN, { orderId }, { key: keyOf(orderId), at })
  })

/**
 * Forgets whom the actions of some tickets were for, as far as they are over.
 * @returns how many actions
 */
export async function forgetPeopleOfTickets(tx: Tx, box: Box, ticketIds: readonly string[]): Promise<number> {
  const over: Over[] = await tx.combinedAction.findMany({
    where: { workspaceId: tx.workspaceId, ticketId: { in: [...ticketIds] }, state: { notIn: [...OPEN] } },
    select: { id: true, ticketId: true, content: true },
  })
  await emptyContents(tx, box, over)
  await forgetTheirs(
    tx,
    box,
    over.map(({ id }) => id),
  )
  return over.length
}

/** States of actions that are not over. */
export const OPEN = ['waiting_approval', 'undoable', 'running', 'parked'] as const

/** Amounts, reasons, names of things in Shopify and who did it stay: the books need them, and they name no customer. */
async function emptyContents(tx: Tx, box: Box, over: readonly Over[]): Promise<void> {
  for (const { id, content } of over) // an order has few
    await keepContent(tx, box, id, withoutPeople(openActionContent(box, id, content)))
}

/** What was sent is in the journal, too. It is over, so nobody reads a request again. */
async function emptyRequests(tx: Tx, box: Box, over: readonly Over[]): Promise<void> {
  const entries = await tx.journalEntry.findMany({
    where: { workspaceId: tx.workspaceId, ticketId: { in: over.map(({ ticketId }) => ticketId) } },
    select: { id: true, request: true },
  })
  const theirs = entries.filter((entry) => {
    const request = box.openText(REQUEST, entry.id, entry.request)
    return over.some(({ id }) => request.includes(`"actionId":"${id}"`))
  })
  const emptied = theirs.map(({ id }) => ({ id, request: box.seal(REQUEST, id, FORGOTTEN).toString('base64') }))
  await tx.$executeRaw`
    update desk.journal_entry e set request = decode(g.request, 'base64') from jsonb_to_recordset(${JSON.stringify(emptied)}::jsonb) as g (id uuid, request text)
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = g.id`
}

const REQUEST = 'journal_entry.request'
const FORGOTTEN = JSON.stringify({ forgotten: true })

async function forgetTheirs(tx: Tx, box: Box, actionIds: string[]): Promise<void> {
  const { workspaceId } = tx
  const theirs = { workspaceId, actionId: { in: actionIds } }
  await tx.combinedAction.updateMany({
    where: { workspaceId, id: { in: actionIds } },
    data: { customerShopifyId: null, emailKey: null, problemWords: null },
  })
  await tx.actionStep.updateMany({ where: theirs, data: { problemWords: null } })
  await tx.actionApproval.updateMany({ where: theirs, data: { word: null } })
  await forgetPayees(tx, box, actionIds)
}

/** A payout that is still to be paid keeps its payee: without, nobody could pay it. */
async function forgetPayees(tx: Tx, box: Box, actionIds: string[]): Promise<void> {
  const paid = await tx.payout.findMany({
    where: { workspaceId: tx.workspaceId, actionId: { in: actionIds }, state: 'paid' },
    select: { id: true },
  })
  const rows = paid.map(({ id }) => ({ id, payee: nobody(box, id).toString('base64') }))
  await tx.$executeRaw`
    update desk.payout p set payee = decode(g.payee, 'base64') from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, payee text)
    where p.workspace_id = ${tx.workspaceId}::uuid and p.id = g.id`
}

const NOBODY = JSON.stringify({ name: '(forgotten)', account: '(forgotten)' })

/** What stands for the payee of a payout, sealed, once it is paid and its customer forgotten. */
export const nobody = (box: Box, payoutId: string) => box.seal('payout.payee', payoutId, NOBODY)

/** What an action did, without whom it was for. */
const withoutPeople = ({ plan, order }: ActionContent): ActionContent => ({
  plan: {
    ...plan,
    input: {
      ...plan.input,
      reason: { ...plan.input.reason, text: '' },
      reship: null,
      refund: plan.input.refund && { ...plan.input.refund, payee: null },
      giftCard: plan.input.giftCard && { ...plan.input.giftCard, message: '' },
    },
    steps: plan.steps.map((step) => ({ ...step, words: WORDS[step.kind], request: nameless(step.request) })),
    notices: [],
  },
  order: { ...order, customer: '' },
  compensation: '',
  receivers: [],
})

function nameless(request: StepRequest): StepRequest {
  if (request.kind === 'reship') return { ...request, customerId: null, email: null, address: {}, note: '' }
  if (request.kind === 'gift_card') return { ...request, customerId: null, message: '' }
  return request
}

const WORDS: Record<StepKind, string> = {
  hold: 'Tell the warehouse to wait',
  reship: 'Send goods again',
  refund: 'Give money back',
  cancel: 'Cancel the order',
  gift_card: 'Issue a gift card',
  tag: 'Tag the order in Shopify',
  release: 'Let the warehouse send the rest',
}
