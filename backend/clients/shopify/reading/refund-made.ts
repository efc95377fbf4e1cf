import { z } from 'zod'
import type { RefundMade as Made, SuggestedRefund as Suggested } from '../acts.ts'
import { Both, connection, Gid, Instant } from './values.ts'

const Parent = z.object({ id: Gid }).nullable()
const gatewayOf = (one: { gateway: string | null; formattedGateway: string | null }) =>
  one.gateway ?? one.formattedGateway ?? 'unknown'

const MadeTransaction = z
  .object({
    id: Gid,
    status: z.string(),
    gateway: z.string().nullable(),
    formattedGateway: z.string().nullable(),
    amountSet: Both,
    parentTransaction: Parent,
  })
  .transform((one) => ({
    id: one.id,
    status: one.status,
    gateway: gatewayOf(one),
    amount: one.amountSet,
    parentId: one.parentTransaction?.id ?? null,
  }))

const fields = {
  id: Gid,
  processedAt: Instant,
  note: z.string().nullable(),
  totalRefundedSet: Both,
  /** A refund has as many as its order has payments: those beyond a page cannot be seen, and then the answer is not understood. */
  transactions: connection(MadeTransaction).refine(({ next }) => next === null, 'has more payments than are read'),
}

const Bare = z.object(fields)

const presented = (refund: z.output<typeof Bare>, refunded: z.output<typeof Both>): Made => ({
  id: refund.id,
  at: refund.processedAt,
  note: refund.note,
  amount: refund.totalRefundedSet,
  transactions: refund.transactions.items,
  order: { refunded },
})

/** A refund of an order whose sum is known. */
export const RefundOf = Bare.transform((refund) => (refunded: z.output<typeof Both>) => presented(refund, refunded))

export const RefundMade = Bare.extend({ order: z.object({ totalRefundedSet: Both }) }).transform(
  ({ order, ...refund }) => presented(refund, order.totalRefundedSet),
)

const SuggestedTransaction = z.object({
  gateway: z.string().nullable(),
  formattedGateway: z.string().nullable(),
  amountSet: Both,
  maximumRefundableSet: Both.nullable(),
  parentTransaction: Parent,
})

export const SuggestedRefund = z
  .object({
    amountSet: Both,
    maximumRefundableSet: Both,
    totalTaxSet: Both,
    shipping: z.object({ amountSet: Both, maximumRefundableSet: Both }),
    suggestedTransactions: z.array(SuggestedTransaction),
  })
  .transform(
    ({ shipping, suggestedTransactions, ...refund }): Suggested => ({
      amount: refund.amountSet,
      maximum: refund.maximumRefundableSet,
      tax: refund.totalTaxSet,
      shipping: { amount: shipping.amountSet, maximum: shipping.maximumRefundableSet },
      transactions: suggestedTransactions.flatMap((one) =>
        one.parentTransaction
          ? [
              {
                gateway: gatewayOf(one),
                parentId: one.parentTransaction.id,
                amount: one.amountSet,
                maximum: one.maximumRefundableSet,
              },
            ]
          : [],
      ),
    }),
  )
