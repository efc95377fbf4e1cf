import type { ActionInput } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'
import { newId } from '../../../platform/ids.ts'
import { markOf, type PlannedStep } from '../plan.ts'
import { reasonFor } from '../rules/reasons.ts'
import { type Fault, faultIf } from './faults.ts'
import { giftCardOptions } from './gift-card-options.ts'
import type { Intention } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { STEP } from './steps.ts'

type GiftCardInput = NonNullable<ActionInput['giftCard']>

/** @param today in the shop's time zone, YYYY-MM-DD */
export function giftCardFaults(live: LiveOrder, card: GiftCardInput, today: string): Fault[] {
  const { why, most, currency } = giftCardOptions(live)
  if (why !== null) return [{ path: 'giftCard', message: why }]
  const { amount, expiresOn, notify } = card
  if (amount.currency !== currency)
    return [
      {
        path: 'giftCard.amount',
        message: `Gift cards of this shop are in ${currency}. Type the amount in ${currency}, not in ${amount.currency}.`,
      },
    ]
  return [
    ...faultIf(amount.minor <= 0, 'giftCard.amount', 'The gift card must be worth more than zero.'),
    ...faultIf(
      most !== null && amount.minor > most.minor,
      'giftCard.amount',
      `This shop issues gift cards of at most ${most === null ? '' : inWords(most)}. Type that or less.`,
    ),
    ...faultIf(
      expiresOn !== null && expiresOn <= today,
      'giftCard.expiresOn',
      `A gift card that ends on ${expiresOn} could not be used. Choose a later day, or none.`,
    ),
    ...faultIf(card.message.length > 200, 'giftCard.message', 'The message may have 200 characters. Shorten it.'),
    ...faultIf(
      notify && live.customer.cardsTo === null,
      'giftCard.notify',
      `The customer of ${live.name} has no e-mail address in Shopify, so it cannot send the card. Add one there, or give money back instead.`,
    ),
  ]
}

export function giftCardStep(actionId: string, { live, input, reasons }: Intention, now: Date): PlannedStep[] {
  const card = input.giftCard
  if (!card) return []
  const { amount, expiresOn, message, notify } = card
  const reason = reasonFor(reasons, card.reason ?? input.reason.code)
  return [
    {
      ...STEP,
      kind: 'gift_card',
      request: {
        kind: 'gift_card',
        mark: markOf(actionId, 'gift_card'),
        issueId: newId(now),
        customerId: live.customer.id,
        amount,
        expiresOn,
        message,
        notify,
      },
      reasonCode: reason.id,
      words: `Issue a gift card of ${inWords(amount)} to ${live.customer.name || 'the customer'}${expiresOn ? `, good until ${expiresOn}` : ''}`,
      amount,
      customerAmount: amount,
      notify,
    },
  ]
}
