import type { ApprovalCause } from '../../../../shared/combined-actions.ts'

const WORDS: Record<ApprovalCause, string> = {
  action_limit: 'It is worth more than one action of its agent may give away.',
  order_limit: 'With it, this order has got more than its agent may give away.',
  customer_year_limit: 'With it, this customer has got more in twelve months than its agent may give away.',
  agent_day_limit: 'With it, its agent has given away more today than a day allows.',
  shop_day_limit: 'With it, the shop has given away more today than a day allows.',
  staff_address: 'The order belongs to an address of the staff.',
  open_dispute: 'The customer has an open dispute about the payment.',
}

/** Why an action needs a second person, for whoever looks at it later: a sentence. */
export const causeWords = (cause: ApprovalCause): string => WORDS[cause]
