import type { OrderView } from '../../../../shared/orders.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { whyNot } from '../../tickets/index.ts'
import { written } from '../pressing/form-press.ts'

const onOrder = (ticketId: string, orderId: string): string => `/v1/tickets/${ticketId}/orders/${orderId}`
const linkOf = (ticketId: string, orderId: string): string => `/v1/tickets/${ticketId}/order-links/${orderId}`

/** What can be done for the customer of an order, or who is at it: an order has one open action. */
export function startsView(ticket: TicketCardView, { id, acting, starts, noStarts }: OrderView) {
  if (acting) {
    const look = written({ kind: 'call', method: 'GET', path: `/v1/combined-actions/${acting.id}/card` })
    return html`<button class="line" name="press" value=${look}><small>Being made right</small>${acting.words}</button>`
  }
  if (whyNot(ticket) !== null || (starts.length === 0 && noStarts === null)) return null
  if (starts.length === 0) return html`<p class="soft">${noStarts}</p>`
  const begin = (start: string) =>
    written({
      kind: 'call',
      method: 'POST',
      path: `${onOrder(ticket.id, id)}/action-drafts`,
      key: newId(),
      body: { start },
      own: [],
    })
  return html`<details><summary>Make it right…</summary>
    <p class="row">${starts.map(
      ({ start, label }) => html`<button class="second" name="press" value=${begin(start)}>${label}</button>`,
    )}</p></details>`
}

/** Off the ticket; what was bought by its customer stays on it. */
export function unlinkButton(ticket: TicketCardView, { id, link, via }: OrderView) {
  if (whyNot(ticket) !== null || (!link && via !== 'named')) return null
  const press = written({
    kind: 'change',
    method: 'DELETE',
    path: linkOf(ticket.id, id),
    key: ticket.key,
    say: 'Order taken off this ticket',
  })
  return html`<button class="second" name="press" value=${press}>Unlink</button>`
}

/** @param key of the page on which the button stands */
export const linkPress = (ticketId: string, orderId: string, key: string): string =>
  written({
    kind: 'change',
    method: 'PUT',
    path: linkOf(ticketId, orderId),
    key,
    body: { proof: null },
    say: 'Order linked',
  })

/** Where the customer's words are typed that open an order. The number is filled in when the mail itself names it. */
export function proofView(
  ticket: TicketCardView,
  { id, number, via }: OrderView,
  typed: (name: string) => string | undefined,
) {
  const names = { number: `number.${id}`, postcode: `postcode.${id}`, phone: `phone.${id}` }
  const press = written({
    kind: 'change',
    method: 'PUT',
    path: linkOf(ticket.id, id),
    key: ticket.key,
    takes: Object.entries(names).map(([as, name]) => `${name}:proof.${as}`),
    needs: [names.number],
    say: 'Confirmed: the order is open',
  })
  const known = via === 'named' ? number : ''
  const field = (name: string, label: string, hint: string, value = '') => html`
    ${value !== '' && html`<input type="hidden" name=${`was.${name}`} value=${value} />`}
    <label>${label}<small>${hint}</small><input name=${name} value=${typed(name) ?? value} /></label>`
  return html`
    ${field(names.number, 'Order number', 'As the customer wrote it', known)}
    ${field(names.postcode, 'Postcode', 'Of the delivery address')}
    ${field(names.phone, 'Phone', 'Instead of the postcode')}
    <button class="second" name="press" value=${press}>Confirm</button>`
}
