import type { PanelCard } from '../../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../../shared/tickets.ts'
import { button, buttons, clockTime, fact, plain, present, section, toTicket } from '../../../../platform/panel.ts'
import { whyNoWork } from '../../card/writing.ts'
import { formatNumber } from '../../numbers.ts'
import { regroupedLabel } from '../card-words.ts'
import type { RegroupedRow } from '../history.ts'
import { sent } from './presses.ts'

/** One merge or split, and what taking it back does. */
export function regroupingCard(ticket: TicketCardView, row: RegroupedRow): PanelCard {
  const other = formatNumber(row.other.number)
  const undo = button('Undo', sent(`/v1/tickets/${ticket.id}/regroupings/${row.id}/undoing`), {
    filled: true,
    off: whyNoWork(ticket),
  })
  return {
    title: `${regroupedLabel(row)} ${other}`,
    subtitle: `${ticket.number} · ${ticket.subject}`,
    sections: present(
      section(
        null,
        fact('When', clockTime(new Date(row.at)), row.by && `by ${row.by}`),
        fact('Messages', String(row.messages)),
        plain(row.kind === 'merge' ? MERGE_WORDS : SPLIT_WORDS),
      ),
      section(
        null,
        buttons(undo, button(`Open ${other}`, { kind: 'open', ticketId: row.other.id }), toTicket(ticket.id)),
      ),
    ),
    say: null,
  }
}

const MERGE_WORDS =
  'Undo gives the merged ticket its messages back, and the answers to them that came since. Everything else that came since stays where it is.'
const SPLIT_WORDS =
  'Undo puts all messages of the new ticket back, also those that came since. The new ticket is void then.'

/** What was taken back, and the ticket that is there again. */
export const undoneCard = (
  { kind, fromId, toId }: { kind: 'merge' | 'split'; fromId: string; toId: string },
  numbers: { from: string; to: string },
): PanelCard => ({
  title: 'Taken back',
  subtitle: null,
  sections: present(
    section(
      null,
      plain(
        kind === 'merge'
          ? `${numbers.from} is a ticket of its own again.`
          : `What was split out is back in ${numbers.from}; ${numbers.to} is void.`,
      ),
      buttons(
        toTicket(fromId, `Open ${numbers.from}`),
        ...(kind === 'merge' ? [button(`Open ${numbers.to}`, { kind: 'open' as const, ticketId: toId })] : []),
      ),
    ),
  ),
  say: 'Taken back',
})
