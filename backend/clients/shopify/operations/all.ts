import { bulk, bulkOrders, startBulk } from './bulk.ts'
import { cancelJob, cancelOrder } from './cancelling.ts'
import { customer } from './customers.ts'
import {
  createGiftCard,
  deactivateGiftCard,
  giftCard,
  giftCardLimit,
  giftCards,
  mailGiftCardToCustomer,
  mailGiftCardToRecipient,
} from './gift-cards.ts'
import { deliveryMethods, shipsTo, variants, variantsBySku, variantsOfProduct } from './goods.ts'
import { hold, holdsOf, releaseHold } from './holds.ts'
import { marks } from './marks.ts'
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
import { refund, refundById, suggestedRefund } from './refunds.ts'
import { createOrder, defineMark, orderByMark, ordersBySource } from './reships.ts'
import { about } from './shop.ts'
import { standing, standingLines, standingLists, standingToSend, toSend, toSendLines } from './standing.ts'
import { addTags } from './tags.ts'
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
  suggestedRefund,
  refund,
  refundById,
  standing,
  standingLists,
  standingLines,
  standingToSend,
  toSend,
  toSendLines,
  marks,
  cancelOrder,
  cancelJob,
  createOrder,
  orderByMark,
  ordersBySource,
  defineMark,
  giftCard,
  createGiftCard,
  deactivateGiftCard,
  mailGiftCardToCustomer,
  mailGiftCardToRecipient,
  giftCardLimit,
  hold,
  releaseHold,
  holdsOf,
  addTags,
  variants,
  variantsOfProduct,
  variantsBySku,
  shipsTo,
  deliveryMethods,
]

/** Sent as a variable of `startBulk`. */
export const BULK_DOCUMENTS: string[] = [bulkOrders(null), bulkOrders("updated_at:>='2026-01-01T00:00:00Z'")]
