import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { PlannedStep } from '../plan.ts'
import { type Fault, faultIf } from './faults.ts'
import type { LiveOrder } from './live-order.ts'

/** What Shopify itself sends the customer for a step, when it is asked to. */
const NOTICES: Partial<Record<StepKind, string>> = {
  reship: 'Shopify mails the customer a confirmation of the new order.',
  refund: 'Shopify mails the customer that money is given back.',
  cancel: 'Shopify mails the customer that the order is cancelled.',
  gift_card: 'Shopify mails the customer the gift card with its code.',
}

export const noticesOf = (steps: readonly PlannedStep[]): string[] =>
  steps.flatMap(({ kind, notify, amount }) => {
    if (!notify) return []
    return kind === 'refund' && amount === null ? [WITHOUT_MONEY] : (NOTICES[kind] ?? [])
  })

/** Lines leave an order with a refund, also when no money goes back. */
const WITHOUT_MONEY = 'Shopify mails the customer that goods were taken out of the order.'

/** A mail to nobody must not be promised. */
export const untoldFaults = ({ name, customer }: LiveOrder, notify: boolean, path: string): Fault[] =>
  faultIf(
    notify && customer.email === null,
    path,
    `${name} has no e-mail address, so Shopify cannot tell the customer. Switch that mail off.`,
  )
