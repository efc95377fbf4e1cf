import { bulk, bulkOrders, startBulk } from './bulk.ts'
import { customer } from './customers.ts'
import { giftCards } from './gift-cards.ts'
import type { Operation } from './operation.ts'
import {
  changedSince,
  order,
  orderHolds,
  orderLines,
  orderLongLists,
  orders,
  ordersById,
  refundLines,
} from './orders.ts'
import { about } from './shop.ts'
import { subscribe, subscriptions, unsubscribe } from './webhooks.ts'

/** Everything that we send to Shopify: a test holds each against the schema, the cost limit and our scopes. */
export const OPERATIONS: Operation[] = [
  order,
  orders,
  ordersById,
  changedSince,
  orderLines,
  orderHolds,
  orderLongLists,
  refundLines,
  customer,
  giftCards,
  about,
  subscriptions,
  subscribe,
  unsubscribe,
  startBulk,
  bulk,
]

/** Sent as a variable of `startBulk`. */
export const BULK_DOCUMENTS: string[] = [bulkOrders(null), bulkOrders("updated_at:>='2026-01-01T00:00:00Z'")]
