import { z } from 'zod'
import { RefundOf } from './refund-made.ts'
import { Both, connection, Gid, Instant } from './values.ts'

export const StandingLine = z
  .object({
    id: Gid,
    quantity: z.int(),
    currentQuantity: z.int(),
    refundableQuantity: z.int(),
    unfulfilledQuantity: z.int(),
  })
  .transform(({ refundableQuantity, unfulfilledQuantity, ...line }) => ({
    ...line,
    refundable: refundableQuantity,
    unfulfilled: unfulfilledQuantity,
  }))

export const Hold = z
  .object({ id: Gid, handle: z.string().nullable(), reason: z.string(), heldByRequestingApp: z.boolean() })
  .transform(({ heldByRequestingApp, ...hold }) => ({ ...hold, ours: heldByRequestingApp }))

export const ToSendLine = z
  .object({ remainingQuantity: z.int(), lineItem: z.object({ id: Gid }) })
  .transform(({ remainingQuantity, lineItem }) => ({ lineId: lineItem.id, remaining: remainingQuantity }))

/** A fulfilment order with the first page of its lines. */
export const ToSend = z.object({
  id: Gid,
  status: z.string(),
  requestStatus: z.string(),
  fulfillmentHolds: z.array(Hold),
  lineItems: connection(ToSendLine),
})
export type ToSend = z.output<typeof ToSend>

const lists = {
  refunds: z.array(RefundOf),
  fulfillments: z.array(z.object({ id: Gid, status: z.string() })),
}

export const StandingLists = z.object({ updatedAt: Instant, ...lists })

/** An order with the first page of what is still to be sent. */
export const ToSendPages = z.object({ id: Gid, updatedAt: Instant, fulfillmentOrders: connection(ToSend) })
export type ToSendPages = z.output<typeof ToSendPages>

/** An order with the first page of each of its lists. */
export const StandingPages = z.object({
  id: Gid,
  name: z.string(),
  updatedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  closed: z.boolean(),
  cancellation: z.object({ staffNote: z.string().nullable() }).nullable(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  totalRefundedSet: Both,
  ...lists,
  lineItems: connection(StandingLine),
  fulfillmentOrders: connection(ToSend),
})
export type StandingPages = z.output<typeof StandingPages>
