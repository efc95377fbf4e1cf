import { z } from 'zod'
import type { ShopRefund } from '../shop-order.ts'
import { Both, connection, Gid, Instant } from './values.ts'

const fields = {
  id: Gid,
  createdAt: Instant.nullable(),
  processedAt: Instant,
  note: z.string().nullable(),
  totalRefundedSet: Both,
}

export const RefundLine = z
  .object({ quantity: z.int(), restockType: z.string(), lineItem: z.object({ id: Gid }) })
  .transform(({ quantity, restockType, lineItem }) => ({ lineId: lineItem.id, quantity, restock: restockType }))

/** A refund without its lines: all that plain lists and bulk can say. */
export const BareRefund = z.object(fields).transform((refund): ShopRefund => ({ ...presented(refund), lines: null }))

export const Refund = z
  .object({ ...fields, refundLineItems: connection(RefundLine) })
  .transform(({ refundLineItems, ...refund }) => ({ refund: presented(refund), lines: refundLineItems }))

const presented = (refund: z.output<z.ZodObject<typeof fields>>) => ({
  id: refund.id,
  at: refund.processedAt,
  note: refund.note,
  amount: refund.totalRefundedSet,
})
