import { placesOf } from '../../../../../shared/money.ts'
import type { Shop } from '../../shop.ts'
import type { Money } from '../../store/records/money.ts'
import { policyOf } from '../policies.ts'

/** Shopify's limits follow the dollar; here they are the same number in every currency. */
export const limits = (shop: Shop) => ({
  issueLimit: issueLimit(shop, { minor: 0, currency: shop.seed.currency }),
  purchaseLimit: whole(10_000, shop.seed.currency),
  expirationConfiguration: null,
})

/** The most that one card may be worth. */
export const issueLimit = (shop: Shop, { currency }: Money): Money => {
  const own = policyOf(shop).giftCardLimit
  return own === null ? whole(2_000, currency) : { minor: own, currency }
}

const whole = (units: number, currency: string): Money => ({ minor: units * 10 ** placesOf(currency), currency })
