import type { Resolver } from '../../graphql/resource.ts'
import type { Bag } from '../../store/records/money.ts'
import { nothing } from '../bags.ts'
import { capturable, discrepancy, netPayment, outstanding, received, refundedMoney } from './payments.ts'
import * as totals from './totals.ts'
import type { Whole } from './whole.ts'
import { worked } from './worked.ts'

const sum = (sumOf: (whole: Whole) => Bag) => worked(sumOf)

/** What an order comes to, as placed and now. */
export const orderSums: Record<string, Resolver> = {
  subtotalPriceSet: sum(totals.subtotal),
  currentSubtotalPriceSet: sum(totals.currentSubtotal),
  totalShippingPriceSet: sum(totals.shippingPrice),
  currentShippingPriceSet: sum(totals.currentShipping),
  totalRefundedShippingSet: sum(totals.shippingRefunded),
  totalTaxSet: sum(totals.taxTotal),
  currentTotalTaxSet: sum(totals.currentTax),
  totalDiscountsSet: sum(totals.discountTotal),
  currentTotalDiscountsSet: sum(totals.currentDiscount),
  cartDiscountAmountSet: sum(totals.discountTotal),
  currentCartDiscountAmountSet: sum(totals.currentDiscount),
  totalPriceSet: sum(totals.originalTotal),
  originalTotalPriceSet: sum(totals.originalTotal),
  currentTotalPriceSet: sum(totals.currentTotal),
  totalReceivedSet: sum(received),
  totalRefundedSet: sum(refundedMoney),
  netPaymentSet: sum(netPayment),
  totalOutstandingSet: sum(outstanding),
  totalCapturableSet: sum(capturable),
  refundDiscrepancySet: sum(discrepancy),
  totalTipReceivedSet: sum(({ order }) => nothing(order)),
  currentTotalDutiesSet: () => null,
  originalTotalDutiesSet: () => null,
  currentTotalAdditionalFeesSet: () => null,
  originalTotalAdditionalFeesSet: () => null,
  totalCashRoundingAdjustment: worked(({ order }) => ({ paymentSet: nothing(order), refundSet: nothing(order) })),
}
