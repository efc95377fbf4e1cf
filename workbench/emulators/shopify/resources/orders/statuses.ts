import { EXPIRED, openAuthorizations, received, refundedMoney, successful } from './payments.ts'
import { fulfilledUnits, unfulfilledQuantity } from './quantities.ts'
import { currentTotal, originalTotal } from './totals.ts'
import type { Whole } from './whole.ts'

/** OrderDisplayFinancialStatus, from what the transactions say. */
export function financialStatus(whole: Whole): string {
  const got = received(whole).presentment.minor
  if (got > 0) return paidStatus(whole, got)
  if (openAuthorizations(whole).length > 0) return 'AUTHORIZED'
  if (successful(whole, 'AUTHORIZATION').some(({ errorCode }) => errorCode === EXPIRED)) return 'EXPIRED'
  if (originalTotal(whole).presentment.minor === 0) return 'PAID'
  if (whole.order.cancelledAt || successful(whole, 'VOID').length > 0) return 'VOIDED'
  return (whole.transactions.length === 0 && whole.order.statedFinancialStatus) || 'PENDING'
}

function paidStatus(whole: Whole, got: number): string {
  const back = refundedMoney(whole).presentment.minor
  if (back >= got) return 'REFUNDED'
  if (back > 0) return 'PARTIALLY_REFUNDED'
  return got >= currentTotal(whole).presentment.minor ? 'PAID' : 'PARTIALLY_PAID'
}

/** OrderDisplayFulfillmentStatus. */
export function fulfillmentStatus(whole: Whole): string {
  const shippable = whole.order.lines.filter(({ requiresShipping }) => requiresShipping)
  const sent = whole.order.lines.some((line) => fulfilledUnits(whole, line) > 0)
  if (shippable.length === 0 && !sent) return 'FULFILLMENT_NOT_REQUIRED'
  const waiting = shippable.some((line) => unfulfilledQuantity(whole, line) > 0)
  if (sent) return waiting ? 'PARTIALLY_FULFILLED' : 'FULFILLED'
  const open = whole.fulfillmentOrders.filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
  const shared = ['ON_HOLD', 'SCHEDULED', 'IN_PROGRESS'].find((one) => open.every(({ status }) => status === one))
  return (open.length > 0 && shared) || 'UNFULFILLED'
}

/** OrderReturnStatus. */
export function returnStatus({ returns }: Whole): string {
  if (returns.some(({ status }) => status === 'OPEN')) return 'IN_PROGRESS'
  return returns.some(({ status }) => status === 'CLOSED') ? 'RETURNED' : 'NO_RETURN'
}
