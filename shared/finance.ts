import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { Amount } from './money.ts'
import { BOOK_READERS, BOOKKEEPERS } from './roles.ts'

const Instant = z.iso.datetime()
const tags = ['finance']

export const Payout = z.object({
  id: z.uuid(),
  actionId: z.uuid(),
  orderNumber: z.string(),
  amount: Amount,
  payee: z.object({ name: z.string(), account: z.string() }),
  state: z.enum(['to_pay', 'paid']),
  createdAt: Instant,
  paidAt: Instant.nullable(),
  reference: z.string().nullable(),
  by: z.string(),
})
export type Payout = z.infer<typeof Payout>

export const listPayouts = endpoint('GET', '/v1/payouts', {
  summary: 'Money that finance pays by hand, oldest first; who looks at payees is recorded',
  callers: BOOKKEEPERS,
  query: PageQuery.extend({ state: z.enum(['to_pay', 'paid']).default('to_pay') }),
  reply: page(Payout),
  tags,
})

export const markPayoutPaid = endpoint('POST', '/v1/payouts/:payoutId/payment', {
  summary: 'Marks a payout as paid, with the reference of the transfer',
  callers: BOOKKEEPERS,
  body: z.object({
    reference: z
      .string()
      .trim()
      .min(1, 'Type the reference of the transfer.')
      .max(140, 'Shorten the reference to 140 characters.'),
  }),
  reply: Payout,
  tags,
})

export const FinancePeriod = z.object({
  id: z.uuid(),
  shopId: z.uuid(),
  /** First and last day, in the shop's time zone. */
  from: z.iso.date(),
  to: z.iso.date(),
  closedAt: Instant,
  by: z.string(),
  rows: z.int(),
})
export type FinancePeriod = z.infer<typeof FinancePeriod>

export const closePeriod = endpoint('POST', '/v1/shops/:shopId/finance-periods', {
  summary: 'Closes everything up to a day; what changes later comes as a correction of the next period',
  callers: BOOKKEEPERS,
  status: 201,
  body: z.object({ to: z.iso.date('Choose the last day of the period from the calendar.') }),
  reply: FinancePeriod,
  tags,
})

export const listPeriods = endpoint('GET', '/v1/shops/:shopId/finance-periods', {
  summary: 'Closed periods of a shop, newest first',
  callers: BOOK_READERS,
  query: PageQuery,
  reply: page(FinancePeriod),
  tags,
})

/** Text, streamed: a row per step and per later change. */
export const exportFinance = endpoint('GET', '/v1/shops/:shopId/finance-export', {
  summary: 'CSV of every step that was done: of one closed period, or of all that is in none yet',
  callers: BOOK_READERS,
  query: z.object({ period: z.uuid().optional() }),
  reply: z.instanceof(Uint8Array),
  tags,
})

export const Reconciliation = z.object({
  id: z.uuid(),
  shopId: z.uuid(),
  /** What was compared: changes from one instant up to another. */
  from: Instant,
  to: Instant,
  endedAt: Instant.nullable(),
  compared: z.int(),
  differences: z.array(
    z.object({
      kind: z.enum(['refund', 'gift_card', 'cancellation', 'reship', 'payout']),
      /** ours_only: the journal says done and Shopify does not know it · theirs_only: it bears our mark and the journal does not know it · amount */
      difference: z.enum(['ours_only', 'theirs_only', 'amount', 'status']),
      orderNumber: z.string().nullable(),
      words: z.string(),
    }),
  ),
})
export type Reconciliation = z.infer<typeof Reconciliation>

export const listReconciliations = endpoint('GET', '/v1/shops/:shopId/reconciliations', {
  summary: 'Nightly comparisons of the journal with Shopify, newest first',
  callers: [...BOOK_READERS, 'supervisor'],
  query: PageQuery,
  reply: page(Reconciliation),
  tags,
})
