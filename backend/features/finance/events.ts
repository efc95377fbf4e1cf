import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofShop = z.object({ shopId: z.uuid() })

/** Somebody saw where money of customers goes to. */
export const payeesSeen = event('payees.seen', z.object({ count: z.int(), state: z.enum(['to_pay', 'paid']) }))

export const payoutPaid = event(
  'payout.paid',
  ofShop.extend({
    payoutId: z.uuid(),
    actionId: z.uuid(),
    stepId: z.uuid(),
    minor: z.int(),
    currency: z.string(),
  }),
)

export const periodClosed = event(
  'period.closed',
  ofShop.extend({ periodId: z.uuid(), from: z.iso.date(), to: z.iso.date(), rows: z.int() }),
)

/** The books of a shop left the desk as a file; without a period it was what is in none yet. */
export const financeExported = event('finance.exported', ofShop.extend({ periodId: z.uuid().nullable() }))

/** A bank decided about a refund's money, after the refund was made. */
export const refundMoneyDecided = event(
  'refund.money_decided',
  ofShop.extend({ actionId: z.uuid(), stepId: z.uuid(), failed: z.boolean() }),
)

export const shopReconciled = event(
  'shop.reconciled',
  ofShop.extend({ reconciliationId: z.uuid(), compared: z.int(), differences: z.int() }),
)
