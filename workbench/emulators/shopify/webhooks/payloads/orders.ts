import { gatewaysOf } from '../../resources/orders/order-states.ts'
import { outstanding, received } from '../../resources/orders/payments.ts'
import { financialStatus, fulfillmentStatus } from '../../resources/orders/statuses.ts'
import * as totals from '../../resources/orders/totals.ts'
import { type Whole, wholeOf } from '../../resources/orders/whole.ts'
import type { Shop } from '../../shop.ts'
import type { Bag } from '../../store/records/money.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { addressPayload } from './addresses.ts'
import { customerPayload } from './customers.ts'
import { fulfillmentPayload } from './fulfillments.ts'
import { linePayload, propertiesOf, shippingLinePayload } from './lines.ts'
import { from, type Payload, same } from './payload.ts'
import { refundPayload } from './payments.ts'
import { amount, bagSet, localTime, numberOf } from './wire.ts'

/** Every topic of an order carries the whole order, but the one of its end. */
export const orderPayloads = {
  ...same(
    [
      'ORDERS_CREATE',
      'ORDERS_UPDATED',
      'ORDERS_CANCELLED',
      'ORDERS_PAID',
      'ORDERS_FULFILLED',
      'ORDERS_PARTIALLY_FULFILLED',
    ],
    from<OrderRecord>(orderPayload),
  ),
  ORDERS_DELETE: from<OrderRecord>((_, { id }) => ({ id: numberOf(id) })),
  ORDERS_EDITED: from<OrderRecord>(editPayload),
}

function orderPayload(shop: Shop, order: OrderRecord): Payload {
  const whole = wholeOf(shop, order)
  return {
    id: numberOf(order.id),
    admin_graphql_api_id: order.id,
    ...identity(shop, order),
    ...times(shop, order),
    ...states(whole),
    ...sums(whole),
    billing_address: addressPayload(order.billingAddress),
    shipping_address: addressPayload(order.shippingAddress),
    customer: customerOf(shop, order),
    line_items: order.lines.map((line) => linePayload(whole, line)),
    shipping_lines: order.shippingLines.map(shippingLinePayload),
    fulfillments: whole.fulfillments.map((one) => fulfillmentPayload(shop, one)),
    refunds: whole.refunds.map((one) => refundPayload(shop, one)),
  }
}

const identity = (shop: Shop, order: OrderRecord) => ({
  name: order.name,
  number: order.number,
  order_number: order.number,
  confirmation_number: order.confirmationNumber,
  confirmed: true,
  test: order.test,
  email: order.email ?? '',
  contact_email: order.email,
  phone: order.phone,
  note: order.note,
  note_attributes: propertiesOf(order.customAttributes),
  tags: order.tags.join(', '),
  source_name: order.sourceName,
  source_identifier: order.sourceIdentifier,
  discount_codes: order.discountCodes.map((code) => ({ code, ...discountOf(order, code) })),
  order_status_url: `https://${shop.domain}/orders/${numberOf(order.id)}`,
  customer_locale: 'en',
})

function discountOf(order: OrderRecord, code: string) {
  const discount = order.discounts.find(({ name }) => name === code)
  const percent = discount && 'percentage' in discount.value
  return { amount: discount ? amount(discount.total.shop) : '0.00', type: percent ? 'percentage' : 'fixed_amount' }
}

const times = (shop: Shop, order: OrderRecord) => ({
  created_at: localTime(shop, order.createdAt),
  processed_at: localTime(shop, order.processedAt),
  updated_at: localTime(shop, order.updatedAt),
  cancelled_at: localTime(shop, order.cancelledAt),
  cancel_reason: order.cancelReason?.toLowerCase() ?? null,
  closed_at: localTime(shop, order.closedAt),
})

const states = (whole: Whole) => ({
  financial_status: financialStatus(whole).toLowerCase(),
  fulfillment_status: SENT[fulfillmentStatus(whole)] ?? null,
  payment_gateway_names: gatewaysOf(whole),
})

/** REST knows these words alone; everything unsent is null. */
const SENT: Record<string, string> = { PARTIALLY_FULFILLED: 'partial', FULFILLED: 'fulfilled' }

const sums = (whole: Whole) => ({
  currency: whole.order.currency,
  presentment_currency: whole.order.presentmentCurrency,
  taxes_included: whole.order.taxesIncluded,
  ...sum('total_price', totals.originalTotal(whole)),
  ...sum('subtotal_price', totals.subtotal(whole)),
  ...sum('total_tax', totals.taxTotal(whole)),
  ...sum('total_discounts', totals.discountTotal(whole)),
  ...sum('current_total_price', totals.currentTotal(whole)),
  ...sum('current_subtotal_price', totals.currentSubtotal(whole)),
  ...sum('current_total_tax', totals.currentTax(whole)),
  ...sum('current_total_discounts', totals.currentDiscount(whole)),
  total_shipping_price_set: bagSet(totals.shippingPrice(whole)),
  current_shipping_price_set: bagSet(totals.currentShipping(whole)),
  total_outstanding: amount(outstanding(whole).shop),
  total_received_set: bagSet(received(whole)),
})

const sum = (name: string, bag: Bag): Payload => ({ [name]: amount(bag.shop), [`${name}_set`]: bagSet(bag) })

function customerOf(shop: Shop, { customerId }: OrderRecord): Payload | null {
  const customer = customerId ? shop.tables.customers.get(customerId) : undefined
  return customer ? customerPayload(shop, customer) : null
}

/** An edit names what it touched, not the order itself. */
function editPayload(shop: Shop, order: OrderRecord): Payload {
  const edit = {
    id: numberOf(order.id),
    order_id: numberOf(order.id),
    app_id: null,
    user_id: null,
    created_at: localTime(shop, order.updatedAt),
    committed_at: localTime(shop, order.updatedAt),
    notify_customer: false,
    staff_note: '',
    line_items: { additions: [], removals: [] },
    discounts: { line_item: { additions: [], removals: [] } },
    shipping_lines: { additions: [], removals: [] },
  }
  return { order_edit: edit }
}
