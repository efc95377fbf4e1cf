import { z } from 'zod'
import { Gid, Instant } from './values.ts'

export const Subscription = z.object({
  id: Gid,
  /** ORDERS_CREATE, REFUNDS_CREATE … */
  topic: z.string(),
  uri: z.string(),
  createdAt: Instant,
})
export type ShopSubscription = z.output<typeof Subscription>
