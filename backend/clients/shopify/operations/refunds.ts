import { mutation, query } from './operation.ts'
import { BOTH } from './order-parts.ts'

/** Transactions of one refund that a first answer holds: as many as an order has payments. */
const MADE = `
fragment RefundMade on Refund {
  id
  createdAt
  processedAt
  note
  totalRefundedSet { ...Both }
  transactions(first: 10) {
    nodes { id status gateway formattedGateway amountSet { ...Both } parentTransaction { id } }
    pageInfo { hasNextPage endCursor }
  }
}`

export const REFUND_MADE = MADE

export const suggestedRefund = query(
  'SuggestedRefund',
  26,
  `query SuggestedRefund($id: ID!, $lines: [RefundLineItemInput!], $all: Boolean, $shipping: Boolean, $shippingAmount: Money, $to: RefundMethodAllocation) {
  order(id: $id) {
    suggestedRefund(refundLineItems: $lines, suggestFullRefund: $all, refundShipping: $shipping, shippingAmount: $shippingAmount, refundMethodAllocation: $to) {
      amountSet { ...Both }
      maximumRefundableSet { ...Both }
      totalTaxSet { ...Both }
      shipping { amountSet { ...Both } maximumRefundableSet { ...Both } }
      suggestedTransactions {
        gateway
        formattedGateway
        amountSet { ...Both }
        maximumRefundableSet { ...Both }
        parentTransaction { id }
      }
    }
  }
}${BOTH}`,
)

export const refund = mutation(
  'Refund',
  41,
  `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { ...RefundMade order { totalRefundedSet { ...Both } } }
    userErrors { field message }
  }
}${MADE}${BOTH}`,
)

export const refundById = query(
  'RefundById',
  30,
  `query RefundById($id: ID!) {
  refund(id: $id) { ...RefundMade order { totalRefundedSet { ...Both } } }
}${MADE}${BOTH}`,
)
