import type { LiveOrder } from './live-order.ts'
import type { GiftCardOptions } from './options.ts'

/** A card belongs to the customer of the order, whom Shopify sends it to. */
export const giftCardOptions = ({ name, shop, customer, giftCards }: LiveOrder): GiftCardOptions => ({
  why: giftCards.why ?? (customer.id === null ? nobody(name) : null),
  most: giftCards.limit,
  currency: shop.currency,
})

const nobody = (name: string) =>
  `${name} belongs to no customer in Shopify, so no gift card can be sent. Add the customer to the order there, or refund instead.`
