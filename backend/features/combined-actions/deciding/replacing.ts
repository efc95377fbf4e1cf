import type { ActionInput } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { planAll, withdraw } from '../../../platform/journal.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { changeIssue } from '../../gift-cards/index.ts'
import { keepContent, openActionContent } from '../content.ts'
import { changeAction, changeStep, lockAction, type StepRow } from '../locking.ts'
import type { ActionContent, PlannedStep } from '../plan.ts'
import { entryOf, gidOfOrder } from '../step-entries.ts'
import { givenBy, stepColumns } from './starting.ts'

/**
 * Puts a step with a lower amount in the place of a planned one, while its action waits for approval. The old request is never sent.
 * @throws DeskError already_done when the action or the step has gone on
 */
export async function replaceStep(ctx: Ctx, tx: Tx, actionId: string, planned: PlannedStep): Promise<void> {
  const action = await lockAction(tx, actionId)
  const step = action.steps.find(({ kind }) => kind === planned.kind)
  if (action.state !== 'waiting_approval' || step?.state !== 'planned')
    throw new DeskError('already_done', 'This action does not wait for approval any more. Look at it again.')
  const box = await ctx.keyring.box(tx)
  const before = openActionContent(box, actionId, action.content)
  const content = lowered(before, planned)
  const { shopId, ticketId, byId } = action
  const entryId = newId(tx.now)
  const orderId = await gidOfOrder(tx, action.orderId)
  const by = { kind: 'staff' as const, id: byId }
  await withdrawEntry(tx, step)
  await planAll(tx, box, [
    entryOf({ id: entryId, stepId: step.id, actionId, shopId, orderId, ticketId, by, send: planned.request }),
  ])
  await changeStep(tx, step.id, { ...stepColumns(planned), entryId })
  await keepContent(tx, box, actionId, content)
  await changeAction(tx, actionId, { valueMinor: BigInt(givenBy(content.plan.steps)) })
  if (planned.request.kind === 'gift_card')
    await changeIssue(tx, planned.request.issueId, {
      amount: planned.request.amount,
      expiresOn: planned.request.expiresOn,
    })
}

const withdrawEntry = (tx: Tx, { entryId }: StepRow): Promise<void> =>
  withdraw(tx, entryId === null ? [] : [entryId], 'A lower amount was agreed to before it was sent.')

function lowered(content: ActionContent, planned: PlannedStep): ActionContent {
  const { plan } = content
  const steps = plan.steps.map((step) => (step.kind === planned.kind ? planned : step))
  return { ...content, plan: { ...plan, steps, input: loweredInput(plan.input, planned) } }
}

function loweredInput(input: ActionInput, { kind, amount, customerAmount }: PlannedStep): ActionInput {
  const { refund, giftCard } = input
  if (kind === 'refund' && refund) return { ...input, refund: { ...refund, amount: customerAmount ?? amount } }
  if (kind === 'gift_card' && giftCard)
    return { ...input, giftCard: { ...giftCard, amount: amount ?? giftCard.amount } }
  return input
}
