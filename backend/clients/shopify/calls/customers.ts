import { z } from 'zod'
import type { Ask } from '../asking.ts'
import { customer } from '../operations/customers.ts'
import { Customer } from '../reading/customer.ts'
import type { ShopCustomer } from '../shop-order.ts'
import type { Lane } from '../throttling.ts'

/** Exactly one of them. A phone number in international form, +491701234567. */
export type CustomerKey = { id: string } | { emailAddress: string } | { phoneNumber: string }

const Found = z.object({ customerByIdentifier: Customer.nullable() })

/** Customers by one key each, a Shopify id, an address or a number; errors as of `asker`. */
export function customerCalls(ask: Ask) {
  return {
    /** An exact look-up, straight from Shopify's books; null when there is none. */
    async customer(identifier: CustomerKey, lane: Lane): Promise<ShopCustomer | null> {
      const found = await ask(customer, Found, { variables: { identifier }, lane })
      return found.customerByIdentifier
    },
  }
}
