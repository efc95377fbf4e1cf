import type { Resolver } from '../../graphql/resource.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { capturable, outstanding, received, refundableMoney } from './payments.ts'
import { currentQuantity, unfulfilledQuantity } from './quantities.ts'
import { financialStatus, fulfillmentStatus, returnStatus } from './statuses.ts'
import type { Whole } from './whole.ts'
import { worked } from './worked.ts'

/** How an order stands, and what may be done with it. */
export const orderStates: Record<string, Resolver> = {
  displayFinancialStatus: worked(financialStatus),
  displayFulfillmentStatus: worked(fulfillmentStatus),
  returnStatus: worked(returnStatus),
  paymentGatewayNames: worked(gatewaysOf),
  fullyPaid: worked((whole) => outstanding(whole).presentment.minor <= 0),
  unpaid: worked((whole) => received(whole).presentment.minor === 0),
  capturable: worked((whole) => capturable(whole).presentment.minor > 0),
  refundable: worked(
    (whole) =>
      refundableMoney(whole).presentment.minor > 0 ||
      whole.order.lines.some((line) => currentQuantity(whole, line) > 0),
  ),
  restockable: worked((whole) => whole.order.lines.some((line) => currentQuantity(whole, line) > 0)),
  fulfillable: worked(canSend),
  requiresShipping: ({ lines }: OrderRecord) => lines.some(({ requiresShipping }) => requiresShipping),
  canMarkAsPaid: worked((whole) => !whole.order.cancelledAt && outstanding(whole).presentment.minor > 0),
  canNotifyCustomer: ({ email }: OrderRecord) => email !== null,
  merchantEditable: ({ cancelledAt }: OrderRecord) => cancelledAt === null,
  merchantEditableErrors: ({ cancelledAt }: OrderRecord) => (cancelledAt ? ['Cancelled orders cannot be edited'] : []),
  subtotalLineItemsQuantity: ({ lines }: OrderRecord) => lines.reduce((units, { quantity }) => units + quantity, 0),
  currentSubtotalLineItemsQuantity: worked((whole) =>
    whole.order.lines.reduce((units, line) => units + currentQuantity(whole, line), 0),
  ),
}

/** Ways to pay that the order has seen, as the storefront named them. */
export function gatewaysOf({ order, transactions }: Whole): string[] {
  return (
    order.gatewayNames ?? [
      ...new Set(transactions.filter(({ kind }) => kind !== 'REFUND').map(({ gateway }) => gateway)),
    ]
  )
}

function canSend(whole: Whole) {
  return (
    !whole.order.cancelledAt &&
    whole.order.lines.some((line) => line.requiresShipping && unfulfilledQuantity(whole, line) > 0)
  )
}
