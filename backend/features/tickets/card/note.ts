import type { PanelSection } from '../../../../shared/panel.ts'
import { button, buttons, longInput, section } from '../../../platform/panel.ts'
import { type CardTicket, changeOf, whyNot } from './writing.ts'

/** Where an internal note is written. */
export function noteSection(ticket: CardTicket): PanelSection | null {
  const off = whyNot(ticket)
  const add = changeOf(ticket, {
    method: 'POST',
    path: 'notes',
    body: {},
    takes: ['note:text'],
    needs: off ? [] : ['note'],
    say: 'Note added',
  })
  return section(
    null,
    off ? null : longInput('note', 'Internal note', '', 'The customer never sees it'),
    buttons(button('Add note', add, { off })),
  )
}
