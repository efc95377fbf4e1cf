import type { PanelCard } from '../../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../../shared/tickets.ts'
import {
  button,
  buttons,
  input,
  plain,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../../../platform/panel.ts'
import { sent } from './presses.ts'

/** Which ticket has to do with this one. */
export const relatedForm = (ticket: TicketCardView, typed: { number: string; problem: string | null }): PanelCard => ({
  title: 'Link a ticket',
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(
    typed.problem === null ? null : section(null, warning(typed.problem)),
    section(
      null,
      input('number', 'Number', typed.number, 'TKT-000042'),
      remark('Each of the two shows the other. Nothing moves.'),
      buttons(button('Link', sent(`/v1/tickets/${ticket.id}/related-card`), { filled: true }), toTicket(ticket.id)),
    ),
  ),
  say: null,
})

export const relatedCard = (ticket: TicketCardView, other: { id: string; number: string }): PanelCard => ({
  title: 'Linked',
  subtitle: null,
  sections: present(
    section(
      null,
      plain(`${ticket.number} and ${other.number} show each other now.`),
      buttons(toTicket(ticket.id), button(`Open ${other.number}`, { kind: 'open', ticketId: other.id })),
    ),
  ),
  say: `Linked with ${other.number}`,
})
