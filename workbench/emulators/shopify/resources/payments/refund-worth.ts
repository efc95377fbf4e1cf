import type { Gid } from '../../store/records/ids.ts'
import type { Bag } from '../../store/records/money.ts'
import type { LineRecord, RefundRecord } from '../../store/records/orders.ts'
import { atLeastNothing, least, minus, nothing, plus, total } from '../bags.ts'
import { discrepancy, liveRefunds, received, refundableMoney, sumOf } from '../orders/payments.ts'
import { currentShipping, currentTotal, lineNet, partOf, taxOnShipping, withTax } from '../orders/totals.ts'
import type { Whole } from '../orders/whole.ts'

/** Units of a line that a refund takes out of an order. */
export interface Leaving {
  line: LineRecord
  quantity: number
  restockType: RefundRecord['lines'][number]['restockType']
  locationId: Gid | null
}

export interface LeavingWorth extends Leaving {
  subtotal: Bag
  tax: Bag
}

/** What each part is worth, so that all parts of a line together are the line. */
export function worthOf(whole: Whole, leaving: Leaving[]): LeavingWorth[] {
  const gone = new Map<Gid, number>()
  return leaving.map((part) => {
    const { line, quantity } = part
    const before = gone.get(line.id) ?? 0
    gone.set(line.id, before + quantity)
    const share = (sum: Bag) => minus(partOf(whole, line, sum, before + quantity), partOf(whole, line, sum, before))
    return { ...part, subtotal: share(lineNet(line)), tax: share(line.tax) }
  })
}

/** Lines and shipping together, as the customer paid them. */
export function worth(whole: Whole, parts: LeavingWorth[], shipping: Bag): Bag {
  const { order } = whole
  const price = total(order, [shipping, ...parts.map(({ subtotal }) => subtotal)])
  const tax = total(order, [taxOnShipping(whole, shipping), ...parts.map((part) => part.tax)])
  return withTax(whole, price, tax)
}

/** What should go back when so much leaves the order: only what was paid beyond the rest. */
export function suggestedAmount(whole: Whole, leaving: Bag): Bag {
  const stillPaid = minus(received(whole), sumOf(whole, liveRefunds(whole)))
  const owed = minus(plus(plus(stillPaid, discrepancy(whole)), leaving), currentTotal(whole))
  return least(atLeastNothing(owed), refundableMoney(whole))
}

/** Shipping that was paid and not refunded yet. */
export const shippingLeft = (whole: Whole): Bag =>
  whole.order.shippingLines.length === 0 ? nothing(whole.order) : atLeastNothing(currentShipping(whole))
