import type { OrderView } from '../../../../shared/orders.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import { whyNot } from '../../tickets/index.ts'
import { dayWords } from '../panel/clock.ts'
import type { Scene } from '../panel/scene.ts'
import { ticketPath } from '../paths.ts'
import { detailsView, linesView, warningsView } from './order-facts.ts'
import { proofView, startsView, unlinkButton } from './order-presses.ts'
import { fulfilmentWords, givenWords, paymentWords } from './words.ts'

export const ordersPath = (ticketId: string): string => `${ticketPath(ticketId)}/orders`

/** All that the page of a ticket says of orders; nothing without a shop. */
export function ordersView(ticket: TicketCardView, scene: Scene) {
  const { shop, id } = ticket
  if (!shop.connected) return null
  return html`
    <section aria-label="Orders" id="orders">
      <h2>Orders</h2>
      ${shop.problems.map((words) => html`<p class="bad">${words}</p>`)}
      ${shop.compensation && html`<p class="fact lines"><small>Given back in 12 months</small>${givenWords(shop.compensation) || 'Nothing'}</p>`}
      ${shop.orders.length === 0 && html`<p class="soft">No order of this customer is known.</p>`}
      ${shop.orders.map((order) => orderView(ticket, order, scene))}
      ${shop.more && html`<p class="soft">There are more orders than are shown: find them by number or e-mail.</p>`}
      <p><a href=${ordersPath(id)} target="_blank">Find an order</a></p>
    </section>`
}

function orderView(ticket: TicketCardView, order: OrderView, scene: Scene) {
  const { clock, typed } = scene
  const { id, number, placedAt, details, adminUrl, test } = order
  const next = details?.nextLine ?? null
  const isTyped = [`postcode.${id}`, `phone.${id}`].some((name) => name in typed)
  return html`
    <details open=${isTyped}>
      <summary>${number} · ${dayWords(new Date(placedAt), clock)}${test && ' · test order'}<br />
        <span class="soft">${paymentWords(order)}${details && ` · ${details.total.text}`} · ${fulfilmentWords(order)}</span></summary>
      ${warningsView(order)}
      ${details ? startsView(ticket, order) : lockedView(ticket, order, scene)}
      ${details && linesView(details.lines)}
      ${next !== null && html`<p><a href=${`${ordersPath(ticket.id)}/${id}?line=${next}`} target="_blank">More lines (${details?.lineCount} in all)</a></p>`}
      ${details && detailsView(details, clock)}
      <p class="row"><a class="button second" href=${adminUrl} target="_blank" rel="noopener noreferrer">Open in Shopify</a>${unlinkButton(ticket, order)}</p>
    </details>`
}

/** Why so little is shown, and what opens the rest. */
const lockedView = (ticket: TicketCardView, order: OrderView, { typed }: Scene) => html`
  <p class="fact"><small>Buyer</small>${order.hint}</p><p class="soft">${order.locked}</p>
  ${whyNot(ticket) === null && proofView(ticket, order, (name) => typed[name]?.[0])}`
