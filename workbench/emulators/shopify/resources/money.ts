import { decimalOf } from '../graphql/decimal.ts'
import type { Resource } from '../graphql/resource.ts'
import type { Bag, Money } from '../store/records/money.ts'

export const moneyResource: Resource = {
  types: {
    MoneyV2: {
      amount: (money: Money) => decimalOf(money),
      currencyCode: (money: Money) => money.currency,
    },
    MoneyBag: {
      shopMoney: (bag: Bag) => bag.shop,
      presentmentMoney: (bag: Bag) => bag.presentment,
    },
  },
}
