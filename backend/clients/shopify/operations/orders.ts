import { query } from './operation.ts'
import {
  BOTH,
  CUSTOMER_FIELDS,
  FULFILMENT_FIELDS,
  HOLD_FIELDS,
  LINE_FIELDS,
  ORDER_FIELDS,
  REFUND_FIELDS,
  REFUND_LINE_FIELDS,
  TRANSACTION_FIELDS,
} from './order-parts.ts'

/**
 * The lists of one order, as far as one call takes them. Transactions, refunds and fulfilments are plain lists without
 * pages: a full one is asked for again, longer (whole-order.ts).
 */
const lists = (size: { lines: number; list: number; refundLines: number; holds: number }) => `
fragment OrderLists on Order {
  transactions(first: ${size.list}) { ...TransactionFields }
  fulfillments(first: ${size.list}) { ...FulfilmentFields }
  refunds(first: ${size.list}) {
    ...RefundFields
    refundLineItems(first: ${size.refundLines}) { nodes { ...RefundLineFields } pageInfo { hasNextPage endCursor } }
  }
  lineItems(first: ${size.lines}) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
  fulfillmentOrders(first: ${size.holds}) { nodes { ...HoldFields } pageInfo { hasNextPage endCursor } }
}`

const PARTS = [
  ORDER_FIELDS,
  CUSTOMER_FIELDS,
  TRANSACTION_FIELDS,
  FULFILMENT_FIELDS,
  REFUND_FIELDS,
  REFUND_LINE_FIELDS,
  LINE_FIELDS,
  HOLD_FIELDS,
  BOTH,
].join('')

/** How long the plain lists are in a first answer; a list of exactly this length may go on. */
export const LIST_IN_ONE = 10
export const LIST_IN_MANY = 5

const ONE = lists({ lines: 50, list: LIST_IN_ONE, refundLines: 5, holds: 10 })
const MANY = lists({ lines: 5, list: LIST_IN_MANY, refundLines: 3, holds: 3 })

export const order = query(
  'Order',
  218,
  `query Order($id: ID!) {
  order(id: $id) { ...OrderFields ...OrderLists }
}${ONE}${PARTS}`,
)

export const ORDERS_PER_PAGE = 5

export const orders = query(
  'Orders',
  425,
  `query Orders($query: String, $first: Int!, $after: String, $sortKey: OrderSortKeys!, $reverse: Boolean!) {
  orders(query: $query, first: $first, after: $after, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...OrderFields ...OrderLists }
    pageInfo { hasNextPage endCursor }
  }
}${MANY}${PARTS}`,
)

/** How many orders one call of `ordersById` names. */
export const ORDERS_PER_BATCH = 5

export const ordersById = query(
  'OrdersById',
  141,
  `query OrdersById($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on Order { ...OrderFields ...OrderLists } }
}${MANY}${PARTS}`,
)

/** Ids only: what changed is then read whole, so that the sweep stays cheap when nothing did. */
export const changedSince = query(
  'OrdersChangedSince',
  11,
  `query OrdersChangedSince($query: String!, $after: String) {
  orders(query: $query, first: 100, after: $after, sortKey: UPDATED_AT) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const orderLines = query(
  'OrderLines',
  102,
  `query OrderLines($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    lineItems(first: 100, after: $after) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
  }
}${LINE_FIELDS}${BOTH}`,
)

export const orderHolds = query(
  'OrderHolds',
  17,
  `query OrderHolds($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    fulfillmentOrders(first: 50, after: $after) { nodes { ...HoldFields } pageInfo { hasNextPage endCursor } }
  }
}${HOLD_FIELDS}`,
)

/** The plain lists of an order that has many of them. */
export const orderLongLists = query(
  'OrderLongLists',
  276,
  `query OrderLongLists($id: ID!) {
  order(id: $id) {
    updatedAt
    transactions(first: 250) { ...TransactionFields }
    fulfillments(first: 250) { ...FulfilmentFields }
    refunds(first: 250) {
      ...RefundFields
      refundLineItems(first: 10) { nodes { ...RefundLineFields } pageInfo { hasNextPage endCursor } }
    }
  }
}${TRANSACTION_FIELDS}${FULFILMENT_FIELDS}${REFUND_FIELDS}${REFUND_LINE_FIELDS}${BOTH}`,
)

export const refundLines = query(
  'RefundLines',
  22,
  `query RefundLines($id: ID!, $after: String) {
  refund(id: $id) {
    order { updatedAt }
    refundLineItems(first: 100, after: $after) { nodes { ...RefundLineFields } pageInfo { hasNextPage endCursor } }
  }
}${REFUND_LINE_FIELDS}`,
)
