import { toDecimal } from '../../../../../shared/money.ts'
import { date, id, number, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import type { Shop } from '../../shop.ts'
import type { Address } from '../../store/records/address.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { gatewaysOf } from './order-states.ts'
import { financialStatus, fulfillmentStatus, returnStatus } from './statuses.ts'
import { currentTotal } from './totals.ts'
import { type Whole, wholeOf } from './whole.ts'

/** What `orders(query:)` can ask for: https://shopify.dev/docs/api/admin-graphql/latest/queries/orders */
export const orderFields = (shop: Shop): SearchFields<OrderRecord> => {
  const of =
    <T>(read: (whole: Whole) => T) =>
    (order: OrderRecord) =>
      read(wholeOf(shop, order))
  return {
    default: text((order) => [
      order.name,
      String(order.number),
      order.email,
      order.phone,
      ...peopleOf(order),
      order.note,
    ]),
    id: id((order) => order.id),
    name: word((order) => [order.name, String(order.number), order.name.replace(/^#/, '')]),
    email: text((order) => order.email),
    customer_id: id((order) => order.customerId),
    created_at: date((order) => order.createdAt),
    updated_at: date((order) => order.updatedAt),
    processed_at: date((order) => order.processedAt),
    status: word((order) => ['any', ...openness(order)]),
    financial_status: word(of((whole) => financialStatus(whole).toLowerCase())),
    fulfillment_status: word(of((whole) => SENT[fulfillmentStatus(whole)] ?? [])),
    return_status: word(of((whole) => returnStatus(whole).toLowerCase())),
    tag: word((order) => order.tags),
    source_identifier: word((order) => order.sourceIdentifier),
    source_name: word((order) => order.sourceName),
    confirmation_number: word((order) => order.confirmationNumber),
    discount_code: word((order) => order.discountCodes),
    gateway: word(of(gatewaysOf)),
    payment_id: word(of(({ transactions }) => transactions.map(({ paymentId }) => paymentId))),
    credit_card_last4: word(of(({ transactions }) => transactions.map(({ card }) => card?.number.slice(-4) ?? null))),
    sku: word((order) => order.lines.map(({ sku }) => sku)),
    chargeback_status: word(of(({ disputes }) => disputes.map(({ status }) => status.toLowerCase()))),
    current_total_price: number(of((whole) => toDecimal(currentTotal(whole).shop))),
    test: word((order) => String(order.test)),
  }
}

const peopleOf = ({ shippingAddress, billingAddress }: OrderRecord) =>
  [shippingAddress, billingAddress].map((address) => address && nameIn(address))

const nameIn = ({ firstName, lastName }: Address) => [firstName, lastName].filter(Boolean).join(' ')

function openness({ cancelledAt, closedAt }: OrderRecord): string[] {
  if (cancelledAt) return closedAt ? ['cancelled', 'closed'] : ['cancelled']
  return closedAt ? ['closed'] : ['open', 'not_closed']
}

const SENT: Record<string, string[]> = {
  UNFULFILLED: ['unfulfilled', 'unshipped'],
  PARTIALLY_FULFILLED: ['partial'],
  FULFILLED: ['fulfilled', 'shipped'],
  ON_HOLD: ['on_hold', 'unfulfilled', 'unshipped'],
  SCHEDULED: ['scheduled'],
  IN_PROGRESS: ['in_progress', 'unfulfilled', 'unshipped'],
}
