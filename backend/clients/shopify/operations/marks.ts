import { query } from './operation.ts'
import { BOTH } from './order-parts.ts'
import { REFUND_MADE } from './refunds.ts'

/** How many refunds of an order a page holds; a list of exactly this length may go on. */
export const MARKED_REFUNDS = 5

export const marks = query(
  'Marks',
  334,
  `query Marks($query: String!, $after: String) {
  orders(query: $query, first: 10, after: $after, sortKey: UPDATED_AT) {
    nodes {
      id
      name
      updatedAt
      cancelledAt
      cancellation { staffNote }
      sourceIdentifier
      tags
      totalRefundedSet { ...Both }
      refunds(first: ${MARKED_REFUNDS}) { ...RefundMade }
    }
    pageInfo { hasNextPage endCursor }
  }
}${REFUND_MADE}${BOTH}`,
)
