import type { PanelSection } from '../../../shared/panel.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import type { DraftPlace, Reader } from '../../event.ts'
import { type Card, card, MOST_WIDGETS, section, sizeOf } from '../../kit/card.ts'
import { warning } from '../../kit/text.ts'
import { runningSection } from '../combined-actions/running-section.ts'
import { orderSections } from '../orders/orders-section.ts'
import { ticketSections } from '../panel/panel-card.ts'
import { conversationSection } from './conversation-section.ts'
import { STATUS_WORDS } from './words.ts'

/** What the card shows besides the ticket itself: a refusal, what was typed before it, which order's form is open, how a draft is opened. */
export type TicketScene = {
  reader: Reader
  drafts: DraftPlace
  refusal?: string
  typed: Record<string, string>
  proofOf?: string
}

/** Orders and conversation are drawn here, all the rest as the backend describes it. Orders give way when a card has no room for all. */
export function ticketCard(ticket: TicketCardView, scene: TicketScene): Card {
  const described = (sections: readonly PanelSection[]) => ticketSections(sections, { ...scene, ticketId: ticket.id })
  const above = [
    scene.refusal ? section(null, warning(scene.refusal)) : null,
    runningSection(ticket.running, ticket.id),
    ...described(ticket.sections),
  ]
  const below = [conversationSection(ticket, scene.reader), ...described(ticket.below)]
  const room = MOST_WIDGETS - sizeOf([...above, ...below])
  return card(
    { title: `${ticket.number} · ${STATUS_WORDS[ticket.status]}`, subtitle: ticket.subject || '(no subject)' },
    [...above, ...orderSections(ticket, room, scene), ...below],
  )
}
