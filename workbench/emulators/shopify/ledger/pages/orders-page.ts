import { type Html, html } from '../../../../host/views/html.ts'
import { legacyId } from '../../graphql/gid.ts'
import { financialStatus, fulfillmentStatus } from '../../resources/orders/statuses.ts'
import { currentTotal } from '../../resources/orders/totals.ts'
import type { Whole } from '../../resources/orders/whole.ts'
import { both, state } from '../words.ts'
import { badge, badges, ledgerOf, moment, table } from './frame.ts'

export interface OrdersView {
  domain: string
  /** What was looked for. */
  wanted: string
  orders: { whole: Whole; customer: string }[]
  /** Leads to the next page. */
  next: string | null
  now: Date
}

/** Every order, newest first. */
export const ordersPage = (view: OrdersView): Html[] => [
  html`
    <form class="search" method="get" action=${ledgerOf(view.domain)} role="search">
      <label>Number, name, e-mail or tag<input name="q" value=${view.wanted} autocomplete="off" /></label>
      <button type="submit" class="primary">Find</button>
    </form>`,
  html`<section>${list(view)}${view.next && html`<p class="more"><a href=${olderLink(view, view.next)}>Older orders</a></p>`}</section>`,
]

export const orderLink = (domain: string, { order }: Pick<Whole, 'order'>) =>
  `${ledgerOf(domain)}/orders/${legacyId(order.id)}`

const olderLink = ({ domain, wanted }: OrdersView, after: string) =>
  `${ledgerOf(domain)}?${new URLSearchParams({ ...(wanted ? { q: wanted } : {}), after })}`

const list = ({ domain, orders, now }: OrdersView) =>
  table(
    'Orders',
    ['Order', 'Placed', 'Customer', 'Money', 'Parcel', 'Total', 'Tags'],
    orders.map(({ whole, customer }) => [
      html`<a href=${orderLink(domain, whole)}>${whole.order.name}</a>`,
      moment(whole.order.processedAt, now),
      customer,
      badges(
        badge(financialStatus(whole)),
        whole.disputes.map(({ status }) => disputed(status)),
      ),
      badges(parcelState(whole)),
      both(currentTotal(whole)),
      whole.order.tags.join(', '),
    ]),
  )

const disputed = (status: string) => html`<span class="state bad">Dispute: ${state(status).toLowerCase()}</span>`

/** What became of the goods. */
export const parcelState = (whole: Whole): Html =>
  whole.order.cancelledAt ? html`<span class="state quiet">Cancelled</span>` : badge(fulfillmentStatus(whole))
