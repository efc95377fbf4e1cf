import { z } from 'zod'
import type { Ask } from '../asking.ts'
import { customer } from '../operations/customers.ts'
import { giftCards } from '../operations/gift-cards.ts'
import { Customer } from '../reading/customer.ts'
import { GiftCard, type ShopGiftCard } from '../reading/gift-card.ts'
import { connection, type Page } from '../reading/values.ts'
import type { ShopCustomer } from '../shop-order.ts'
import type { Lane } from '../throttling.ts'

/** Exactly one of them. A phone number in international form, +491701234567. */
export type CustomerKey = { id: string } | { emailAddress: string } | { phoneNumber: string }

const Found = z.object({ customerByIdentifier: Customer.nullable() })
const Cards = z.object({ giftCards: connection(GiftCard) })

export function customerCalls(ask: Ask) {
  return {
    /** An exact look-up, straight from Shopify's books; null when there is none. */
    async customer(identifier: CustomerKey, lane: Lane): Promise<ShopCustomer | null> {
      const found = await ask(customer, Found, { variables: { identifier }, lane })
      return found.customerByIdentifier
    },

    /**
     * The newest first, or those that changed last. Shopify has no search for the last characters of a card: such a search is
     * refused (facts/shopify-meta.md section 1.8).
     */
    async giftCards(search: {
      query: string
      after?: string | null | undefined
      by?: 'created' | 'changed'
      lane: Lane
    }): Promise<Page<ShopGiftCard>> {
      const { query, after, by = 'created', lane } = search
      const variables = { query, after: after ?? null, sortKey: by === 'created' ? 'CREATED_AT' : 'UPDATED_AT' }
      return (await ask(giftCards, Cards, { variables, lane })).giftCards
    },
  }
}
