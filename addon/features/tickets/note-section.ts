import type { TicketCardView } from '../../../shared/tickets.ts'
import { button, buttons } from '../../kit/button.ts'
import { section } from '../../kit/card.ts'
import { input } from '../../kit/fields.ts'
import { whyNot, writeOf } from './writing.ts'

export function noteSection(ticket: TicketCardView, typed: Record<string, string>) {
  const off = whyNot(ticket)
  return section(
    null,
    off ? null : input('note', 'Internal note', { value: typed.note, hint: 'The customer never sees it', lines: true }),
    buttons(
      button('Add note', { action: 'noteTicket', parameters: writeOf(ticket) }, { off, needs: off ? [] : ['note'] }),
    ),
  )
}
