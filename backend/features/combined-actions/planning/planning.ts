import type { ActionInput, ReasonCode } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { newId } from '../../../platform/ids.ts'
import type { Plan, PlannedStep } from '../plan.ts'
import { addressRemarks } from './addresses.ts'
import { cancelStep, holdSteps } from './cancel.ts'
import { faultsOf } from './checking.ts'
import { refuse } from './faults.ts'
import { giftCardStep } from './gift-card.ts'
import { type Intention, inWordsOf, isWholeCancel } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { noticesOf } from './notices.ts'
import { refundStep } from './refund.ts'
import { suggestionFaults } from './refund-faults.ts'
import { paysBackCards, stillSent } from './refund-lines.ts'
import type { Suggestion } from './refund-money.ts'
import { reshipStep } from './reship.ts'
import { suggestionFor, withGoods } from './shopify.ts'
import { tagStep } from './tag.ts'

export type Planned = {
  plan: Plan
  /** Refund, gift card and reship together, in the shop's currency: what limits count. */
  value: Money
  /** What to know before confirming; nothing of it stops the action. */
  remarks: string[]
}

/**
 * Turns an intention into exactly what will be sent. Asks Shopify at most twice, so call it outside any transaction.
 * @throws DeskError invalid_request, with a message and a path for each thing that is wrong
 */
export async function planOf(
  ctx: Ctx,
  workspaceId: string,
  wanted: { live: LiveOrder; input: ActionInput; reasons: readonly ReasonCode[] },
): Promise<Planned> {
  const now = ctx.clock.now()
  const live = await withGoods(ctx, workspaceId, wanted.live, wanted.input)
  const intention: Intention = { ...wanted, live }
  refuse(faultsOf(intention, dayIn(live.shop.timeZone, now)))
  const suggestion = await suggestionFor(ctx, workspaceId, intention)
  const { refund } = wanted.input
  if (refund && suggestion) refuse(suggestionFaults(live, refund, suggestion))
  return planned(intention, suggestion, now)
}

/** The same without any question: everything that was wrong is refused already. */
export function planned(intention: Intention, suggestion: Suggestion | null, now: Date): Planned {
  const { live, input } = intention
  const actionId = newId(now)
  const steps = stepsOf(actionId, intention, suggestion, now)
  return {
    plan: { actionId, input, steps, notices: noticesOf(steps), standing: live.standing },
    value: worthOf(steps, live.shop.currency),
    remarks: remarksOf(intention, steps),
  }
}

/** In the order in which they are done: what may fail comes before what cannot be taken back. */
function stepsOf(actionId: string, intention: Intention, suggestion: Suggestion | null, now: Date): PlannedStep[] {
  const { hold, release } = holdSteps(actionId, intention)
  const refund = refundStep(actionId, intention, suggestion)
  return [
    ...hold,
    ...reshipStep(actionId, intention),
    ...refund,
    ...cancelStep(actionId, intention, refund.length > 0),
    ...giftCardStep(actionId, intention, now),
    tagStep(intention),
    ...release,
  ]
}

/** What an action gives away, in the shop's currency: refund, gift card, and what is sent again at retail. */
export const worthOf = (steps: readonly Pick<PlannedStep, 'amount'>[], currency: string): Money => ({
  minor: steps.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0),
  currency,
})

function remarksOf({ live, input }: Intention, steps: readonly PlannedStep[]): string[] {
  const sent = stillSent({ live, input })
  const isUnpaid = live.refundable.presentment.minor === 0
  return [
    ...(input.reship ? addressRemarks(input.reship.address) : []),
    ...(sent.length > 0
      ? [`${inWordsOf(sent)} will still be sent. Cancel these lines too if they should not be.`]
      : []),
    ...(input.cancel && !isUnpaid && !steps.some(({ route }) => route !== null)
      ? [`${isWholeCancel(input) ? 'The order is' : 'These lines are'} cancelled, and no money is given back.`]
      : []),
    ...partlyCash(live, input),
    ...(paysBackCards({ live, input }) ? [CARD_STAYS] : []),
    ...(live.cancelledAt && input.reship ? [`${live.name} is cancelled; its goods are sent again all the same.`] : []),
  ]
}

const CARD_STAYS =
  'A gift card was bought with this order, and it stays good when its money is given back. Deactivate it in Shopify if it should not.'

/** Cash cannot go back by itself. */
function partlyCash(live: LiveOrder, { refund }: ActionInput): string[] {
  const isMixed = live.payments.some(({ manual }) => manual) && live.payments.some(({ manual }) => !manual)
  if (!refund || !isMixed) return []
  if (refund.to === 'original') return ['A part of the order was paid in cash; that part is not in this refund.']
  return refund.to === 'payout' ? ['Only what was paid in cash is paid out; the rest was paid another way.'] : []
}
