import { query } from './operation.ts'
import { BOTH } from './order-parts.ts'
import { REFUND_MADE } from './refunds.ts'

/** How long the plain lists are in a first answer; one of exactly this length may go on. */
export const STANDING_LIST = 5

const LINE = `
fragment StandingLine on LineItem {
  id
  quantity
  currentQuantity
  refundableQuantity
  unfulfilledQuantity
}`

const TO_SEND = `
fragment ToSend on FulfillmentOrder {
  id
  status
  requestStatus
  fulfillmentHolds { id handle reason heldByRequestingApp }
  lineItems(first: 10) {
    nodes { remainingQuantity lineItem { id } }
    pageInfo { hasNextPage endCursor }
  }
}`

const lists = (size: number) => `
    refunds(first: ${size}) { ...RefundMade }
    fulfillments(first: ${size}) { id status }`

export const standing = query(
  'Standing',
  145,
  `query Standing($id: ID!) {
  order(id: $id) {
    id
    name
    updatedAt
    cancelledAt
    cancelReason
    closed
    cancellation { staffNote }
    displayFinancialStatus
    displayFulfillmentStatus
    totalRefundedSet { ...Both }${lists(STANDING_LIST)}
    lineItems(first: 50) { nodes { ...StandingLine } pageInfo { hasNextPage endCursor } }
    fulfillmentOrders(first: 10) { nodes { ...ToSend } pageInfo { hasNextPage endCursor } }
  }
}${REFUND_MADE}${LINE}${TO_SEND}${BOTH}`,
)

export const standingLists = query(
  'StandingLists',
  298,
  `query StandingLists($id: ID!) {
  order(id: $id) { updatedAt${lists(250)} }
}${REFUND_MADE}${BOTH}`,
)

export const standingLines = query(
  'StandingLines',
  14,
  `query StandingLines($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    lineItems(first: 250, after: $after) { nodes { ...StandingLine } pageInfo { hasNextPage endCursor } }
  }
}${LINE}`,
)

export const standingToSend = query(
  'StandingToSend',
  87,
  `query StandingToSend($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    fulfillmentOrders(first: 50, after: $after) { nodes { ...ToSend } pageInfo { hasNextPage endCursor } }
  }
}${TO_SEND}`,
)

/** What is still to be sent, for whoever has the rest of the order. */
export const toSend = query(
  'ToSend',
  60,
  `query ToSend($id: ID!) {
  order(id: $id) {
    id
    updatedAt
    fulfillmentOrders(first: 5) { nodes { ...ToSend } pageInfo { hasNextPage endCursor } }
  }
}${TO_SEND}`,
)

export const toSendLines = query(
  'ToSendLines',
  26,
  `query ToSendLines($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) {
    order { updatedAt }
    lineItems(first: 250, after: $after) {
      nodes { remainingQuantity lineItem { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)
