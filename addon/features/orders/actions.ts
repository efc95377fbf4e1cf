import type { getOrder, OrderSearch, searchOrders as search } from '../../../shared/orders.ts'
import type { linkOrder as link, TicketCardView, unlinkOrder as unlink } from '../../../shared/tickets.ts'
import { call } from '../../api.ts'
import type { AddonEvent } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Shown } from '../../kit/response.ts'
import { changedCard, ticketAsking } from '../tickets/reading.ts'
import { unsavedTexts } from '../tickets/unsaved-texts.ts'
import { orderCard } from './order-card.ts'
import { searchCard } from './search-card.ts'

export function showOrder({ parameter, reader }: Given<'showOrder'>): Shown {
  const params = orderIn(parameter)
  const line = Number(parameter('line'))
  const order = call<typeof getOrder>('GET', '/v1/tickets/:ticketId/orders/:orderId', { params, query: { line } })
  return { push: orderCard(order, params.ticketId, line, reader) }
}

export const openOrderSearch = ({ parameter, reader }: Given<'openOrderSearch'>): Shown => ({
  push: searchCard(
    { ticketId: parameter('ticketId'), key: parameter('key'), off: parameter('off') },
    { by: 'number', text: '' },
    null,
    reader,
  ),
})

export function searchOrders({ parameter, field, reader }: Given<'searchOrders'>): Shown {
  const place = { ticketId: parameter('ticketId'), key: parameter('key'), off: parameter('off') }
  const asked = { by: field('by') as OrderSearch, text: field('text') }
  const found = call<typeof search>('POST', '/v1/tickets/:ticketId/order-searches', {
    params: { ticketId: place.ticketId },
    body: asked,
    key: null,
  })
  return { update: searchCard(place, asked, found, reader) }
}

export function linkOrder({ event, parameter }: Given<'linkOrder'>): Shown {
  const params = orderIn(parameter)
  const ticket = call<typeof link>('PUT', '/v1/tickets/:ticketId/order-links/:orderId', {
    params,
    body: { proof: null },
    key: parameter('key'),
  })
  return changed(event, ticket, 'Order linked')
}

/** Opens the form of one locked order on the ticket's card. */
export const askProof = ({ event, parameter }: Given<'askProof'>): Shown => ({
  update: ticketAsking(event, parameter('ticketId'), parameter('orderId')),
})

export function confirmOrder({ event, parameter, field }: Given<'confirmOrder'>): Shown {
  const proof = { number: field('number'), postcode: field('postcode'), phone: field('phone') }
  const ticket = call<typeof link>('PUT', '/v1/tickets/:ticketId/order-links/:orderId', {
    params: orderIn(parameter),
    body: { proof },
    key: parameter('key'),
  })
  return changed(event, ticket, 'Confirmed: the order is open')
}

export function unlinkOrder({ event, parameter }: Given<'unlinkOrder'>): Shown {
  const ticket = call<typeof unlink>('DELETE', '/v1/tickets/:ticketId/order-links/:orderId', {
    params: orderIn(parameter),
    key: parameter('key'),
  })
  return changed(event, ticket, 'Order taken off this ticket')
}

/** The ticket and the order that a card names. */
const orderIn = (parameter: (name: 'ticketId' | 'orderId') => string) => ({
  ticketId: parameter('ticketId'),
  orderId: parameter('orderId'),
})

const changed = (event: AddonEvent, ticket: TicketCardView, say: string): Shown =>
  changedCard(event, ticket, say, unsavedTexts(event))
