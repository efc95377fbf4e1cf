import type { OrderView } from '../../../shared/orders.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import { button, buttons } from '../../kit/button.ts'
import type { Widget } from '../../kit/card.ts'
import { input } from '../../kit/fields.ts'
import { leavingButtons } from './leaving-buttons.ts'

/** Where the customer's words are typed that open an order. The number is filled in when the mail itself names it. */
export function proofForm(ticket: TicketCardView, order: OrderView, typed: Record<string, string>): Widget[] {
  const parameters = { ticketId: ticket.id, orderId: order.id, key: ticket.key }
  const number = typed.number || (order.via === 'named' ? order.number : '')
  return [
    input('number', 'Order number', { value: number, hint: 'As the customer wrote it' }),
    input('postcode', 'Postcode', { value: typed.postcode, hint: 'Of the delivery address' }),
    input('phone', 'Phone', { value: typed.phone, hint: 'Instead of the postcode' }),
    ...buttons(
      button('Confirm', { action: 'confirmOrder', parameters }, { needs: ['number'] }),
      ...leavingButtons(ticket, order),
    ),
  ]
}
