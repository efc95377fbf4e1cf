import type { Bag } from '../../store/records/money.ts'
import type { DiscountRecord, OrderRecord } from '../../store/records/orders.ts'
import { shareOf, total } from '../bags.ts'

const TYPES = {
  code: 'DiscountCodeApplication',
  automatic: 'AutomaticDiscountApplication',
  manual: 'ManualDiscountApplication',
} as const

export const applicationsOf = (order: OrderRecord) => order.discounts.map(applicationOf)

const applicationOf = (discount: DiscountRecord, index: number) => ({
  __typename: TYPES[discount.kind],
  id: String(index),
  index,
  allocationMethod: 'ACROSS',
  targetSelection: 'ALL',
  targetType: 'LINE_ITEM',
  code: discount.name,
  title: discount.name,
  description: null,
  value:
    'percentage' in discount.value
      ? { __typename: 'PricingPercentageValue', percentage: discount.value.percentage }
      : { __typename: 'MoneyV2', ...discount.value.amount.presentment },
})

/** A line's discount among the order's discounts, each by its weight. */
export function allocationsOf(order: OrderRecord, discount: Bag) {
  if (discount.presentment.minor === 0) return []
  const all = total(
    order,
    order.discounts.map((one) => one.total),
  )
  return order.discounts.map((one, index) => ({
    allocatedAmountSet: shareOf(discount, one.total.presentment.minor, all.presentment.minor),
    discountApplication: applicationOf(one, index),
  }))
}
