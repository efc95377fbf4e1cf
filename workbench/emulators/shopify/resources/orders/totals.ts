import type { Bag } from '../../store/records/money.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { minus, plus, shareOf, times, total } from '../bags.ts'
import { takenOut } from './quantities.ts'
import type { Whole } from './whole.ts'

/** Price of all units before discounts. */
export const lineOriginal = (line: LineRecord): Bag => times(line.unitPrice, line.quantity)

/** What all units cost after every discount. */
export const lineNet = (line: LineRecord): Bag => minus(lineOriginal(line), line.discount)

/** The part of a line's sum that belongs to units which are still in the order. */
export const current = (whole: Whole, line: LineRecord, sum: Bag): Bag =>
  minus(sum, shareOf(sum, takenOut(whole, line), line.quantity))

/** The part of a line's sum that falls on the next `units` to leave it. */
export function partOf(whole: Whole, line: LineRecord, sum: Bag, units: number): Bag {
  const gone = takenOut(whole, line)
  return minus(shareOf(sum, gone + units, line.quantity), shareOf(sum, gone, line.quantity))
}

export const subtotal = ({ order }: Whole): Bag => total(order, order.lines.map(lineNet))

export const currentSubtotal = (whole: Whole): Bag => sumOfLines(whole, lineNet)

export const shippingPrice = ({ order }: Whole): Bag =>
  total(
    order,
    order.shippingLines.map(({ discounted }) => discounted),
  )

export const shippingTax = ({ order }: Whole): Bag =>
  total(
    order,
    order.shippingLines.map(({ tax }) => tax),
  )

export const shippingRefunded = ({ order, refunds }: Whole): Bag =>
  total(
    order,
    refunds.map(({ shipping }) => shipping),
  )

export const currentShipping = (whole: Whole): Bag => minus(shippingPrice(whole), shippingRefunded(whole))

/** The tax within a part of the shipping. */
export const taxOnShipping = (whole: Whole, part: Bag): Bag =>
  shareOf(shippingTax(whole), part.presentment.minor, shippingPrice(whole).presentment.minor)

export const taxTotal = (whole: Whole): Bag =>
  total(whole.order, [shippingTax(whole), ...whole.order.lines.map(({ tax }) => tax)])

export const currentTax = (whole: Whole): Bag =>
  plus(
    sumOfLines(whole, ({ tax }) => tax),
    minus(shippingTax(whole), taxOnShipping(whole, shippingRefunded(whole))),
  )

const shippingDiscount = ({ order }: Whole): Bag =>
  total(
    order,
    order.shippingLines.map(({ price, discounted }) => minus(price, discounted)),
  )

export const discountTotal = (whole: Whole): Bag =>
  total(whole.order, [shippingDiscount(whole), ...whole.order.lines.map(({ discount }) => discount)])

export const currentDiscount = (whole: Whole): Bag =>
  plus(
    shippingDiscount(whole),
    sumOfLines(whole, ({ discount }) => discount),
  )

export const originalTotal = (whole: Whole): Bag =>
  withTax(whole, plus(subtotal(whole), shippingPrice(whole)), taxTotal(whole))

export const currentTotal = (whole: Whole): Bag =>
  withTax(whole, plus(currentSubtotal(whole), currentShipping(whole)), currentTax(whole))

/** Prices hold the tax where the order says so; elsewhere it comes on top. */
export const withTax = ({ order }: Whole, price: Bag, tax: Bag): Bag => (order.taxesIncluded ? price : plus(price, tax))

const sumOfLines = (whole: Whole, sumOf: (line: LineRecord) => Bag): Bag =>
  total(
    whole.order,
    whole.order.lines.map((line) => current(whole, line, sumOf(line))),
  )
