import type { getTicket, listMessages, lookUpTicket, TicketCardView } from '../../../shared/tickets.ts'
import { call } from '../../api.ts'
import { type AddonEvent, draftPlaceOf, fieldsOf, parametersOf, readerOf } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Card } from '../../kit/card.ts'
import type { Shown } from '../../kit/response.ts'
import { mailIds, openMail } from '../../open-mail.ts'
import { panelCard } from '../panel/panel-card.ts'
import { conversationCard } from './conversation-card.ts'
import { notATicketCard } from './not-a-ticket-card.ts'
import { retypedTags } from './retyped-tags.ts'
import { type TicketScene, ticketCard } from './ticket-card.ts'
import { unsavedTexts } from './unsaved-texts.ts'

/** The card of the open mail: its ticket, or the offer to make one. */
export function mailCard(event: AddonEvent): Card {
  const mail = openMail(event)
  const ids = mailIds(mail)
  const { ticket, card, key } = call<typeof lookUpTicket>('POST', '/v1/ticket-lookups', { body: ids, key: null })
  if (card) return panelCard(card, { reader: readerOf(event), drafts: draftPlaceOf(event), over: '' })
  if (ticket) return ticketCardFor(event, ticket)
  return notATicketCard({ subject: mail.getSubject(), from: mail.getFrom(), known: ids.messageId !== '' }, key)
}

/** @param typed texts that were typed into the ticket's card and not sent with this click */
export const ticketCardFor = (
  event: AddonEvent,
  ticket: TicketCardView,
  typed: Record<string, string> = {},
  more: Pick<TicketScene, 'refusal' | 'proofOf'> = {},
): Card => ticketCard(ticket, { reader: readerOf(event), drafts: draftPlaceOf(event), typed, ...more })

/** The ticket's card with the form of one locked order open. */
export const ticketAsking = (event: AddonEvent, ticketId: string, proofOf: string): Card =>
  ticketCardFor(event, ticketOf(ticketId), unsavedTexts(event), { proofOf })

/** After a refusal: the newest state, why it was refused, and what had been typed; tags only when they were sent. */
export function refusedTicketCard(event: AddonEvent, ticketId: string, refusal: string): Card {
  const ticket = ticketOf(ticketId)
  const { tags, ...typed } = fieldsOf(event)
  const { body = '{}', orderId } = parametersOf(event)
  const { shown } = JSON.parse(body) as { shown?: string }
  if (shown !== undefined) typed.tags = retypedTags(shown, tags ?? '', ticket.tags)
  return ticketCardFor(event, ticket, typed, { refusal, ...(orderId && { proofOf: orderId }) })
}

/** What a write on a ticket came to. */
export const changedCard = (
  event: AddonEvent,
  ticket: TicketCardView,
  say: string,
  typed: Record<string, string>,
): Shown => ({ update: ticketCardFor(event, ticket, typed), say, changed: true })

export const openTicket = (given: Given<'openTicket'>): Shown => ({
  push: ticketCardFor(given.event, ticketOf(given.parameter('ticketId'))),
})

export const refreshTicket = (given: Given<'refreshTicket'>): Shown => ({
  update: ticketCardFor(given.event, ticketOf(given.parameter('ticketId')), unsavedTexts(given.event)),
})

export const refreshMail = ({ event }: Given<'refreshMail'>): Shown => ({ update: mailCard(event) })

export function showConversation({ parameter, reader }: Given<'showConversation'>): Shown {
  const ticket = { id: parameter('ticketId'), number: parameter('number') }
  const cursor = parameter('cursor') || undefined
  const params = { ticketId: ticket.id }
  const query = { cursor, limit: 20 }
  const messages = call<typeof listMessages>('GET', '/v1/tickets/:ticketId/messages', { params, query })
  return { push: conversationCard(ticket, messages, reader) }
}

export const ticketOf = (ticketId: string) =>
  call<typeof getTicket>('GET', '/v1/tickets/:ticketId', { params: { ticketId } })
