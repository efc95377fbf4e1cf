import type { PanelButton, PanelSection } from '../../../../shared/panel.ts'
import type { VoidReason } from '../../../../shared/tickets.ts'
import { button, buttons } from '../../../platform/panel.ts'
import { QUEUE, timelinePress } from './ways.ts'
import { VOID_WORDS } from './words.ts'
import { type CardTicket, changeOf, whyNot } from './writing.ts'

/** A row of the panel. */
const IN_A_ROW = 3

/** Rare acts, of which only the first row shows until it is opened. @param others buttons that other features add */
export function moreSection(ticket: CardTicket, others: readonly PanelButton[]): PanelSection {
  const acts = [...others, ...(ticket.voidReason ? [] : voidButtons(ticket))]
  const rows = Array.from({ length: Math.ceil(acts.length / IN_A_ROW) }, (_, row) =>
    buttons(...acts.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW)),
  )
  return {
    title: 'More',
    folded: 1,
    widgets: [buttons(button('Timeline', timelinePress(ticket.id)), button('Queue', QUEUE)), ...rows],
  }
}

const voidButtons = (ticket: CardTicket): PanelButton[] => {
  const off = whyNot(ticket)
  const voiding = (reason: Exclude<VoidReason, 'merged'>) =>
    button(
      VOID_WORDS[reason],
      changeOf(ticket, {
        method: 'POST',
        path: 'voiding',
        body: { reason, version: ticket.version },
        takes: [],
        say: `${ticket.number} is void`,
      }),
      { off },
    )
  return [voiding('spam'), voiding('not_a_ticket'), voiding('duplicate')]
}
