import type { Resource } from '../../graphql/resource.ts'
import type { Bag } from '../../store/records/money.ts'
import type { ShippingLineRecord } from '../../store/records/orders.ts'
import { minus, shareOf } from '../bags.ts'
import { taxLinesOf } from './tax-lines.ts'
import { shippingPrice, shippingRefunded } from './totals.ts'
import type { Whole } from './whole.ts'

export type ShippingLineSource = ShippingLineRecord & { whole: Whole }

export const shippingLinesOf = (whole: Whole): ShippingLineSource[] =>
  whole.order.shippingLines.map((line) => ({ ...line, whole }))

export const shippingLinesResource: Resource = {
  types: {
    ShippingLine: {
      originalPriceSet: ({ price }: ShippingLineSource) => price,
      discountedPriceSet: ({ discounted }: ShippingLineSource) => discounted,
      currentDiscountedPriceSet: current,
      taxLines: (line: ShippingLineSource) => taxLinesOf(line.whole.order, line.tax, line.discounted),
      discountAllocations: () => [],
      isRemoved: () => false,
      custom: ({ code }: ShippingLineSource) => code === null,
      source: () => 'shopify',
      carrierIdentifier: () => null,
      deliveryCategory: () => null,
      phone: () => null,
      shippingRateHandle: () => null,
    },
  },
}

/** Refunds of shipping are spread over the lines by price. */
function current({ whole, discounted }: ShippingLineSource): Bag {
  const refunded = shippingRefunded(whole)
  return minus(discounted, shareOf(refunded, discounted.presentment.minor, shippingPrice(whole).presentment.minor))
}
