import { z } from 'zod'
import { STEP_KINDS } from '../../../shared/combined-actions.ts'
import { Money } from '../../../shared/money.ts'

/** One movement of a refund as Shopify told it last, with what it is in the shop's and in the customer's currency. */
const Transaction = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  gateway: z.string().nullable(),
  status: z.string(),
  amount: z.object({ shop: Money, presentment: Money }),
})
export type LineTransaction = z.infer<typeof Transaction>

/** What the books say of a step, or of what became of it later: a change holds only what it changed the amounts by. Sealed as JSON. */
export const FinanceLine = z.object({
  order: z.string(),
  step: z.enum(STEP_KINDS),
  reasonCode: z.string(),
  reason: z.string(),
  agent: z.string(),
  /** Money that left, in the shop's currency and in the customer's; null where none does. */
  amount: Money.nullable(),
  customerAmount: Money.nullable(),
  /** The part of `amount` that is tax. */
  tax: Money.nullable(),
  /** What goods that were sent again are sold for: no money, so it stands in a column of its own. */
  goods: Money.nullable(),
  route: z.enum(['original', 'store_credit', 'payout']).nullable(),
  transactions: z.array(Transaction),
  payout: z.object({ state: z.enum(['to_pay', 'paid']), reference: z.string().nullable() }).nullable(),
  giftCard: z.object({ last: z.string(), state: z.enum(['issued', 'deactivated', 'reissued']) }).nullable(),
  reshipOrder: z.string().nullable(),
})
export type FinanceLine = z.infer<typeof FinanceLine>

/** An entry as it is exported. */
export type Entry = {
  id: string
  actionId: string
  at: Date
  line: FinanceLine
  /** The first entry of its step; null for that itself. */
  firstId: string | null
  /** Whether what it is about belongs to a period that was closed before. */
  late: boolean
}
