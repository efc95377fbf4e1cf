/** An amount in the smallest unit of its currency. */
export interface Money {
  minor: number
  currency: string
}

/** The same amount in the shop's currency and in the one the customer saw. */
export interface Bag {
  shop: Money
  presentment: Money
}
