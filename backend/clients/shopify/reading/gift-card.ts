import { z } from 'zod'
import { ExactMoney, Gid, Instant } from './values.ts'

export const GiftCard = z
  .object({
    id: Gid,
    lastCharacters: z.string(),
    note: z.string().nullable(),
    enabled: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
    deactivatedAt: Instant.nullable(),
    /** A day, for example 2027-11-21; null is never. */
    expiresOn: z.string().nullable(),
    initialValue: ExactMoney,
    balance: ExactMoney,
    customer: z.object({ id: Gid }).nullable(),
    /** The order that bought it; null for one that was issued. */
    order: z.object({ id: Gid }).nullable(),
  })
  .transform(({ customer, order, ...card }) => ({
    ...card,
    customerId: customer?.id ?? null,
    orderId: order?.id ?? null,
  }))
export type ShopGiftCard = z.output<typeof GiftCard>
