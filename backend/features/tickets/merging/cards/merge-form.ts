import type { PanelCard } from '../../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../../shared/tickets.ts'
import {
  boxes,
  button,
  buttons,
  input,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../../../platform/panel.ts'
import { STATUS_WORDS } from '../../card/words.ts'
import { formatNumber } from '../../numbers.ts'
import type { Suggestion } from '../previewing.ts'
import { sent } from './presses.ts'

/** What was ticked and typed so far. */
export type Chosen = { tickets: readonly string[]; numbers: string; problem: string | null }

/** Which tickets are to be merged with this one: those of the same customer are offered, any other is typed. */
export const mergeForm = (ticket: TicketCardView, offered: readonly Suggestion[], chosen: Chosen): PanelCard => ({
  title: 'Merge',
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(
    chosen.problem === null ? null : section(null, warning(chosen.problem)),
    section(
      null,
      offered.length === 0
        ? remark(`${ticket.customer.name || ticket.customer.email} has no other open ticket.`)
        : boxes(
            'tickets',
            `Other tickets of ${ticket.customer.name || ticket.customer.email}`,
            offered.map(choiceOf),
            chosen.tickets,
          ),
      input('numbers', 'Other numbers', chosen.numbers, 'TKT-000042, TKT-000043'),
    ),
    section(
      null,
      buttons(
        button('Review', sent(`/v1/tickets/${ticket.id}/merge-card/review`), { filled: true }),
        toTicket(ticket.id),
      ),
    ),
  ),
  say: null,
})

const choiceOf = ({ id, number, subject, status }: Suggestion) => ({
  value: id,
  label: `${formatNumber(number)} · ${STATUS_WORDS[status]} · ${subject}`,
})
