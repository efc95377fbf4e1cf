import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { OrderDocument } from '../../orders/index.ts'
import { plannedOf } from '../content.ts'
import type { ActionRow, StepRow } from '../locking.ts'
import type { ActionContent } from '../plan.ts'
import { openStepResult } from '../steps/results.ts'
import { cancelLine, giftCardLine, refundLines, reshipLine } from './answer-lines.ts'
import { type Shown, showAction } from './presenting.ts'
import { orderOfAction, refundMoney } from './refund-money.ts'
import { secondsUntil } from './running-actions.ts'

export type Answer = { ticketId: string; text(names: { customer: string; agent: string }): string }

/**
 * What a customer can be told about an action that is over: only what was done.
 * @throws DeskError in_progress while a step is not final; move_not_allowed when nothing was done
 */
export async function answerOf(ctx: Ctx, tx: Tx, actionId: string, by: Actor): Promise<Answer> {
  const shown = await showAction(ctx, tx, actionId, by)
  const { action, content } = shown
  refuseUnfinished(shown, tx.now)
  const box = await ctx.keyring.box(tx)
  const about = {
    box,
    action,
    content,
    order: await orderOfAction(tx, box, action),
    paidOut: await isPaidOut(tx, actionId),
    takenBack: await isTakenBack(tx, content),
  }
  const lines = action.steps.filter(({ state }) => state === 'done').flatMap((step) => linesOf(about, step))
  if (lines.length === 0)
    throw new DeskError(
      'move_not_allowed',
      'Nothing of this action was done, so there is nothing to tell the customer.',
    )
  return {
    ticketId: action.ticketId,
    text: ({ customer, agent }) =>
      [
        greeting(customer, content.order.customer),
        `this is what we have done about your order ${content.order.name}:`,
        lines.map((line) => `- ${line}`).join('\n'),
        `Kind regards,\n${agent}`,
      ].join('\n\n'),
  }
}

/** Who writes without a name is the buyer, or somebody confirmed that they are. */
function greeting(writer: string, buyer: string): string {
  const name = [writer, buyer].find((one) => one !== '' && !one.includes('@'))
  return name === undefined ? 'Hello,' : `Hello ${name},`
}

function refuseUnfinished({ action, view }: Shown, now: Date): void {
  if (action.state === 'done' || action.state === 'stopped') return
  if (action.state === 'undone' || action.state === 'declined')
    throw new DeskError('move_not_allowed', 'This action did nothing, so there is nothing to tell the customer.')
  const seconds = secondsUntil(view.leavesAt, now)
  const open = view.steps.filter(({ kind, state }) => isTold(kind) && state !== 'done').map(({ words }) => words)
  throw new DeskError(
    'in_progress',
    seconds === null
      ? `Not everything is done yet: ${open.join('; ')}. Press again when every step is done.`
      : `It begins in ${seconds} s: ${open.join('; ')}. Press again when every step is done.`,
    seconds === null ? {} : { retryAfter: seconds },
  )
}

const isTold = (kind: StepKind): boolean => !['hold', 'tag', 'release'].includes(kind)

const isPaidOut = async (tx: Tx, actionId: string): Promise<boolean> =>
  (await tx.payout.count({ where: { workspaceId: tx.workspaceId, actionId, state: 'paid' } })) > 0

/** Whether the gift card was taken back since, and every one that was given for it. */
async function isTakenBack(tx: Tx, content: ActionContent): Promise<boolean> {
  const request = plannedOf(content, 'gift_card')?.request
  if (request?.kind !== 'gift_card') return false
  const [found] = await tx.$queryRaw<{ held: boolean }[]>`
    with recursive card as (
      select g.state, g.replaced_by_id from desk.gift_card_issue g
      where g.workspace_id = ${tx.workspaceId}::uuid and g.id = ${request.issueId}::uuid
      union all
      select n.state, n.replaced_by_id from card c
      join desk.gift_card_issue n on n.workspace_id = ${tx.workspaceId}::uuid and n.id = c.replaced_by_id)
    select exists(select from card where state = 'issued') as held`
  return found?.held !== true
}

type About = {
  box: Box
  action: ActionRow
  content: ActionContent
  order: OrderDocument | null
  paidOut: boolean
  takenBack: boolean
}

function linesOf({ box, action, content, order, paidOut, takenBack }: About, step: StepRow): string[] {
  const request = plannedOf(content, step.kind)?.request
  if (!request || !step.result) return []
  const result = openStepResult(box, step.id, step.result)
  if (request.kind === 'cancel') return [cancelLine(content.order.name)]
  if (request.kind === 'reship' && result.kind === 'reship') return [reshipLine(request, result)]
  if (request.kind === 'gift_card' && result.kind === 'gift_card') return takenBack ? [] : [giftCardLine(request)]
  if (request.kind !== 'refund' || result.kind !== 'refund') return []
  return refundLines({
    request,
    route: step.route as 'original' | 'store_credit' | 'payout' | null,
    money: refundMoney(result, order),
    cancelled: action.steps.some(({ kind, state }) => kind === 'cancel' && state === 'done'),
    paidOut,
    titles: new Map((order?.lines ?? []).map(({ id, title }) => [id, title])),
  })
}
