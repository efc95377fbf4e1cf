import { z } from 'zod'
import type { ShopFulfilment } from '../shop-order.ts'
import { Gid, Instant } from './values.ts'

export const Fulfilment = z
  .object({
    id: Gid,
    status: z.string(),
    displayStatus: z.string().nullable(),
    createdAt: Instant,
    deliveredAt: Instant.nullable(),
    estimatedDeliveryAt: Instant.nullable(),
    trackingInfo: z.array(
      z.object({ company: z.string().nullable(), number: z.string().nullable(), url: z.string().nullable() }),
    ),
  })
  .transform(
    (fulfilment): ShopFulfilment => ({
      id: fulfilment.id,
      status: fulfilment.status,
      displayStatus: fulfilment.displayStatus,
      at: fulfilment.createdAt,
      deliveredAt: fulfilment.deliveredAt,
      estimatedAt: fulfilment.estimatedDeliveryAt,
      tracking: fulfilment.trackingInfo,
    }),
  )

/** A fulfilment order, read for why it waits. */
export const Holding = z.object({
  id: Gid,
  fulfillmentHolds: z
    .array(z.object({ reason: z.string(), reasonNotes: z.string().nullable() }))
    .transform((holds) => holds.map(({ reason, reasonNotes }) => ({ reason, notes: reasonNotes }))),
})
