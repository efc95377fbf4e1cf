import type { PanelButton, PanelPress } from '../../../../shared/panel.ts'
import { newId } from '../../../platform/ids.ts'
import { toTicket } from '../../../platform/panel.ts'

/** The customer of a card, and the ticket that it lies on; null when it was opened elsewhere. */
export type Place = { customerId: string; ticketId: string | null }

export type Way = 'card' | 'form' | 'history/card' | 'orders/card' | 'documents/card' | 'tasks/card'

/** A card of the same customer that is laid on top. @param cursor of an older page */
export const way = ({ customerId, ticketId }: Place, to: Way, cursor?: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: pathOf({ customerId, ticketId }, to, cursor),
  key: null,
  lay: 'push',
})

/** Sends a form of the customer. */
export const sending = (place: Place, to: Way): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: pathOf(place, to),
  key: newId(),
  lay: 'update',
})

function pathOf({ customerId, ticketId }: Place, to: Way, cursor?: string): `/v1/${string}` {
  const asked = new URLSearchParams({ ...(ticketId && { ticket: ticketId }), ...(cursor && { cursor }) })
  return `/v1/customers/${customerId}/${to}${asked.size > 0 ? `?${asked}` : ''}`
}

/** Back to the ticket, from where there is one. */
export const backButtons = ({ ticketId }: Place): PanelButton[] => (ticketId === null ? [] : [toTicket(ticketId)])
