import { type Html, html } from '../../../../host/views/html.ts'
import { times } from '../../resources/bags.ts'
import { outstanding, received, refundedMoney } from '../../resources/orders/payments.ts'
import { currentQuantity, unfulfilledQuantity } from '../../resources/orders/quantities.ts'
import { financialStatus } from '../../resources/orders/statuses.ts'
import { currentTotal, discountTotal, lineNet, shippingPrice } from '../../resources/orders/totals.ts'
import type { Whole } from '../../resources/orders/whole.ts'
import type { Address } from '../../store/records/address.ts'
import { both, state } from '../words.ts'
import { badge, ledgerOf, moment, table } from './frame.ts'
import { orderActs } from './order-acts.ts'
import { parcelState } from './orders-page.ts'

export interface OrderView {
  domain: string
  whole: Whole
  customer: string
  now: Date
}

/** One order as its shop sees it, and what can happen to it. */
export const orderPage = (view: OrderView): Html => html`
  <div class="order">
    <div class="order-facts">${heading(view)}${lines(view)}${parcels(view)}${payments(view)}${refunds(view)}${disputes(view)}</div>
    <div class="order-acts">${orderActs(view)}</div>
  </div>`

const heading = ({ domain, whole, customer, now }: OrderView) => html`
  <header class="title">
    <p><a href=${ledgerOf(domain)}>All orders</a></p>
    <h1>${whole.order.name}</h1>
    <p class="states">${badge(financialStatus(whole))}${parcelState(whole)}</p>
    <dl>
      ${fact('Placed', moment(whole.order.processedAt, now))}
      ${fact('Changed', moment(whole.order.updatedAt, now))}
      ${fact('Customer', customer)}
      ${fact('Sent to', addressLines(whole.order.shippingAddress))}
      ${fact('Tags', whole.order.tags.join(', '))}
      ${fact('Note', whole.order.note)}
      ${whole.order.customAttributes.map(({ key, value }) => fact(key, value))}
      ${whole.order.cancelledAt && fact('Cancelled', [moment(whole.order.cancelledAt, now), ` ${whole.order.cancelStaffNote ?? ''}`])}
    </dl>
  </header>`

const fact = (name: string, value: unknown) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : null)

export const addressLines = (address: Address | null) =>
  address &&
  [
    [address.firstName, address.lastName].filter(Boolean).join(' '),
    address.company,
    address.address1,
    address.address2,
    [address.zip, address.city].filter(Boolean).join(' '),
    address.country,
    address.phone,
  ]
    .filter(Boolean)
    .join(', ')

const lines = ({ whole }: OrderView) => html`
  <section>
    ${table(
      'Lines',
      ['What', 'Ordered', 'Still in', 'To send', 'Sum'],
      whole.order.lines.map((line) => [
        [line.title, line.variantTitle].filter(Boolean).join(', '),
        line.quantity,
        currentQuantity(whole, line),
        line.requiresShipping && !whole.order.cancelledAt ? unfulfilledQuantity(whole, line) : 0,
        both(lineNet(line)),
      ]),
    )}
    <dl class="sums">
      ${fact('Discounts', discountTotal(whole).shop.minor > 0 && both(discountTotal(whole)))}
      ${fact('Delivery', whole.order.shippingLines.length > 0 && both(shippingPrice(whole)))}
      ${fact('Total now', both(currentTotal(whole)))}
      ${fact('Received', both(received(whole)))}
      ${fact('Given back', refundedMoney(whole).shop.minor > 0 && both(refundedMoney(whole)))}
      ${open(whole)}
    </dl>
  </section>`

/** What is not settled, either way. */
function open(whole: Whole) {
  const left = outstanding(whole)
  if (left.presentment.minor === 0) return null
  return left.presentment.minor > 0
    ? fact('Still to come', both(left))
    : fact('Owed to the customer', both(times(left, -1)))
}

const parcels = ({ whole, now }: OrderView) => html`
  <section>
    ${table(
      'Parcels',
      ['Parcel', 'State', 'Sent', 'Tracking', 'What happened'],
      whole.fulfillments.map((parcel) => [
        parcel.name,
        badge(parcel.displayStatus ?? parcel.status),
        moment(parcel.createdAt, now),
        parcel.tracking.map(({ company, number }) => [company, number].filter(Boolean).join(' ')).join(', '),
        html`<ul>${parcel.events.map(({ status, message, happenedAt }) => html`<li>${moment(happenedAt, now)}: ${message ?? state(status)}</li>`)}</ul>`,
      ]),
    )}
    ${whole.fulfillmentOrders
      .flatMap(({ holds }) => holds)
      .map(({ reason, reasonNotes }) => html`<p class="held">${badge('ON_HOLD')} ${state(reason)}. ${reasonNotes}</p>`)}
  </section>`

const payments = ({ whole, now }: OrderView) => html`
  <section>
    ${table(
      'Money',
      ['When', 'What', 'State', 'How', 'Amount'],
      whole.transactions.map((one) => [
        moment(one.createdAt, now),
        state(one.kind),
        badge(one.status),
        one.card ? `${one.card.company} ending ${one.card.number}` : one.formattedGateway,
        both(one.amount),
      ]),
    )}
  </section>`

const refunds = ({ whole, now }: OrderView) =>
  whole.refunds.length > 0 &&
  html`
    <section>
      ${table(
        'Refunds',
        ['When', 'Note', 'Lines', 'Amount'],
        whole.refunds.map(({ createdAt, note, lines: taken, total }) => [
          moment(createdAt, now),
          note ?? '',
          taken.map(({ lineId, quantity }) => `${quantity} × ${titleOf(whole, lineId)}`).join(', '),
          both(total),
        ]),
      )}
    </section>`

const titleOf = ({ order }: Whole, lineId: string) => order.lines.find(({ id }) => id === lineId)?.title ?? 'a line'

const disputes = ({ whole, now }: OrderView) =>
  whole.disputes.length > 0 &&
  html`
    <section>
      ${table(
        'Disputes',
        ['Since', 'What', 'State', 'Reason'],
        whole.disputes.map(({ initiatedAt, initiatedAs, status, reason }) => [
          moment(initiatedAt, now),
          state(initiatedAs),
          badge(status),
          state(reason),
        ]),
      )}
    </section>`
