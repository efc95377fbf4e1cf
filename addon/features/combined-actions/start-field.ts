import type { OrderView } from '../../../shared/orders.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import type { Widget } from '../../kit/card.ts'
import { select } from '../../kit/fields.ts'
import { entry, remark } from '../../kit/text.ts'
import { whyNot } from '../tickets/writing.ts'
import { progressOf } from './progress.ts'

/** The choice that begins nothing: an empty value would be absent from the form. */
export const NOTHING_CHOSEN = 'nothing'

/** A card shows several orders, and its fields have names of their own. */
export const startFieldOf = (orderId: string): string => `start-${orderId}`

/** What can be done for the customer of an order, or who is at it: an order has one open action. */
export function startField(ticket: TicketCardView, { id, acting, starts, noStarts }: OrderView): Widget[] {
  if (acting)
    return [entry({ above: 'Being made right', text: acting.words, below: '' }, progressOf(acting.id, ticket.id))]
  if (whyNot(ticket)) return []
  if (starts.length === 0) return noStarts ? [remark(noStarts)] : []
  const choices = [
    { value: NOTHING_CHOSEN, label: 'Choose…' },
    ...starts.map(({ start, label }) => ({ value: start, label })),
  ]
  const parameters = { ticketId: ticket.id, orderId: id, key: ticket.key }
  return [select(startFieldOf(id), 'Make it right…', choices, NOTHING_CHOSEN, { action: 'startAction', parameters })]
}
