import { z } from 'zod'
import type { ShopCustomer } from '../shop-order.ts'
import { ExactMoney, Gid } from './values.ts'

export const Customer = z
  .object({
    id: Gid,
    displayName: z.string(),
    numberOfOrders: z.coerce.number().int(),
    amountSpent: ExactMoney,
    tags: z.array(z.string()).default([]),
    defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
    defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
  })
  .transform(
    (customer): ShopCustomer => ({
      id: customer.id,
      name: customer.displayName,
      email: customer.defaultEmailAddress?.emailAddress ?? null,
      phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
      ordersCount: customer.numberOfOrders,
      spent: customer.amountSpent,
      tags: customer.tags,
    }),
  )
