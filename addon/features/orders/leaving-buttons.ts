import type { OrderView } from '../../../shared/orders.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import { type Button, button, linkButton } from '../../kit/button.ts'
import { whyNot } from '../tickets/writing.ts'

/** To Shopify's page of the order, and off the ticket; what was bought by its customer stays on it. */
export const leavingButtons = (ticket: TicketCardView, { id, link, via, adminUrl }: OrderView): (Button | null)[] => [
  linkButton('Open in Shopify', adminUrl),
  link || via === 'named'
    ? button(
        'Unlink',
        { action: 'unlinkOrder', parameters: { ticketId: ticket.id, orderId: id, key: ticket.key } },
        { off: whyNot(ticket) },
      )
    : null,
]
