import type { Bag } from '../../store/records/money.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { minus } from '../bags.ts'

/** One tax line for what is taxed; the rate follows from the sums. */
export function taxLinesOf(order: OrderRecord, tax: Bag, price: Bag) {
  const base = order.taxesIncluded ? minus(price, tax) : price
  if (tax.presentment.minor === 0 || base.presentment.minor === 0) return []
  const rate = Math.round((tax.presentment.minor * 1000) / base.presentment.minor) / 1000
  return [{ title: 'VAT', rate, ratePercentage: rate * 100, priceSet: tax, channelLiable: false, source: null }]
}
