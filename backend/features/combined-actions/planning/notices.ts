import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { PlannedStep } from '../plan.ts'

/** What Shopify itself sends the customer for a step, when it is asked to. */
const NOTICES: Partial<Record<StepKind, string>> = {
  reship: 'Shopify mails the customer a confirmation of the new order.',
  refund: 'Shopify mails the customer that money is given back.',
  cancel: 'Shopify mails the customer that the order is cancelled.',
  gift_card: 'Shopify mails the customer the gift card with its code.',
}

export const noticesOf = (steps: readonly PlannedStep[]): string[] =>
  steps.flatMap(({ kind, notify }) => (notify ? (NOTICES[kind] ?? []) : []))
