import { getOrder, ORDER_SEARCHES, OrderSearch, type OrderView, searchOrders } from '../../../../shared/orders.ts'
import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { formToken, type Page, page, type Visit } from '../../settings/index.ts'
import { viewTicket, whyNot } from '../../tickets/index.ts'
import { ask, type Caller, type Routes } from '../api.ts'
import { detailsView, linesView, warningsView } from '../orders/order-facts.ts'
import { linkPress } from '../orders/order-presses.ts'
import { ordersPath } from '../orders/orders-view.ts'
import { fulfilmentWords, paymentWords } from '../orders/words.ts'
import { type Clock, dayWords } from '../panel/clock.ts'
import { ticketPath } from '../paths.ts'
import { placeOf } from '../place.ts'
import { wordsOf } from '../pressing/doing.ts'

const PATH = '/desk/tickets/:ticketId/orders'

/** The order of someone who is not the buyer: a recipient, a relay address, a call; and orders that are long. */
export const orderPages = (routes: Routes): Page[] => [
  page(PATH, STAFF_ROLES, (ctx, visit) => showSearch({ ctx, routes, actor: visit.actor }, visit)),
  page(`${PATH}/:orderId`, STAFF_ROLES, (ctx, visit) => showOrder({ ctx, routes, actor: visit.actor }, visit)),
]

const ticketIn = ({ params }: Visit): string => params['ticketId'] ?? ''

type Found = { orders: OrderView[]; remark: string | null }

async function showSearch(caller: Caller, visit: Visit) {
  const ticketId = ticketIn(visit)
  const [ticket, { clock }] = await Promise.all([
    viewTicket(caller.ctx, ticketId, caller.actor),
    placeOf(caller.ctx, caller.actor),
  ])
  const by = OrderSearch.catch('number').parse(visit.query.get('by'))
  const text = visit.query.get('text') ?? ''
  const { found, problem } = text === '' ? { found: null, problem: null } : await look(caller, ticketId, { by, text })
  const body = html`
    <h1>Find an order</h1>
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    <form action=${ordersPath(ticketId)}>
      <label>By<select name="by">${ORDER_SEARCHES.map(
        (kind) => html`<option value=${kind} selected=${kind === by}>${BY[kind]}</option>`,
      )}</select></label>
      <label>What to look for<input name="text" value=${text} maxlength="200" required /></label>
      <button>Search</button>
    </form>
    ${found && foundView(visit, found, { ticketId, clock, off: whyNot(ticket) })}
    <p><a href=${ticketPath(ticketId)}>${ticket.number}</a></p>`
  return { title: 'Find an order', body }
}

const BY: Record<OrderSearch, string> = {
  number: 'Order number',
  email: 'E-mail address',
  phone: 'Phone number',
  name: 'Name',
  tracking: 'Tracking number',
  gift_card: 'Last characters of a gift card',
}

type Looked = { found: Found | null; problem: string | null }

/** What cannot be looked for so is told above the form. */
async function look(caller: Caller, ticketId: string, body: { by: OrderSearch; text: string }): Promise<Looked> {
  try {
    return { found: await ask(caller, searchOrders, { params: { ticketId }, body }), problem: null }
  } catch (error) {
    if (!(error instanceof DeskError) || error.code === 'not_found') throw error
    return { found: null, problem: wordsOf(error) }
  }
}

type Where = { ticketId: string; clock: Clock; off: string | null }

const foundView = (visit: Pick<Visit, 'formToken'>, { orders, remark }: Found, where: Where) => html`
  ${orders.length === 0 && html`<p>No order was found.</p>`}
  ${remark && html`<p class="soft">${remark}</p>`}
  ${orders.map((order) => foundOrder(visit, order, where))}`

const foundOrder = (visit: Pick<Visit, 'formToken'>, order: OrderView, { ticketId, clock, off }: Where) => html`
  <section aria-label=${order.number}>
    <h2>${order.number} · ${dayWords(new Date(order.placedAt), clock)}</h2>
    <p>${paymentWords(order)} · ${fulfilmentWords(order)}</p>
    <p class="fact"><small>Buyer</small>${order.details ? order.details.buyer.name : order.hint}</p>
    ${warningsView(order)}
    ${
      order.link
        ? html`<p class="soft">It is linked to this ticket.</p>`
        : off === null &&
          html`<form method="post" action=${ticketPath(ticketId)}>${formToken(visit)}
            <button name="press" value=${linkPress(ticketId, order.id, newId())}>Link to this ticket</button></form>`
    }
    ${off && html`<p class="soft">${off}</p>`}
  </section>`

async function showOrder(caller: Caller, visit: Visit) {
  const ticketId = ticketIn(visit)
  const line = Number(visit.query.get('line') ?? '0')
  const [order, { clock }] = await Promise.all([
    ask(caller, getOrder, { params: { ticketId, orderId: visit.params['orderId'] ?? '' }, query: { line } }),
    placeOf(caller.ctx, caller.actor),
  ])
  const { id, number, details, hint, locked } = order
  const next = details?.nextLine ?? null
  const body = html`
    <h1>${number}</h1>
    <p>${paymentWords(order)} · ${fulfilmentWords(order)}</p>
    ${warningsView(order)}
    ${!details && html`<p class="fact"><small>Buyer</small>${hint}</p><p class="soft">${locked}</p>`}
    ${
      details &&
      html`<section aria-label="Lines"><h2>Lines</h2>${linesView(details.lines)}
      ${next !== null && html`<p><a href=${`${ordersPath(ticketId)}/${id}?line=${next}`}>More lines</a></p>`}</section>`
    }
    ${details && html`<section aria-label="Money and parcels"><h2>Money and parcels</h2>${detailsView(details, clock)}</section>`}
    <p><a href=${ticketPath(ticketId)}>Ticket</a></p>`
  return { title: number, body }
}
