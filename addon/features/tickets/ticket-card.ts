import type { TicketCardView, VoidReason } from '../../../shared/tickets.ts'
import type { DraftPlace, Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, foldedSection, section } from '../../kit/card.ts'
import { elapsed, instant } from '../../kit/instant.ts'
import { entry, fact, remark, warning } from '../../kit/text.ts'
import { panelSections } from '../combined-actions/panel-card.ts'
import { runningSection } from '../combined-actions/running-section.ts'
import { replySection } from '../drafts/reply-section.ts'
import { orderSections } from '../orders/orders-section.ts'
import { conversationSection } from './conversation-section.ts'
import { noteSection } from './note-section.ts'
import { PRIORITY_WORDS, STATUS_WORDS, VOID_WORDS } from './words.ts'
import { workSection } from './work-section.ts'
import { whyNot, whyNoWork, writeOf } from './writing.ts'

/** What the card shows besides the ticket itself: a refusal, what was typed before it, which order's form is open, how a draft is opened. */
export type TicketScene = {
  reader: Reader
  drafts: DraftPlace
  refusal?: string
  typed?: Record<string, string>
  proofOf?: string
}

export const ticketCard = (ticket: TicketCardView, scene: TicketScene): Card =>
  card({ title: `${ticket.number} · ${STATUS_WORDS[ticket.status]}`, subtitle: ticket.subject || '(no subject)' }, [
    runningSection(ticket.running, ticket.id),
    noticeSection(ticket, scene),
    factsSection(ticket, scene.reader),
    ...panelSections(ticket.sections, '', scene.drafts),
    ...orderSections(ticket, scene),
    conversationSection(ticket, scene.reader),
    replySection(ticket, scene),
    noteSection(ticket, scene.typed || {}),
    workSection(ticket, scene.typed || {}),
    moreSection(ticket),
  ])

const noticeSection = (ticket: TicketCardView, { refusal }: TicketScene) =>
  section(
    null,
    refusal ? warning(refusal) : null,
    ...ticket.unsent.map((answer) => unsentWords(answer)),
    ticket.voidReason ? warning(`Void: ${VOID_WORDS[ticket.voidReason]}. It counts in no list and no figure.`) : null,
    ticket.voidReason
      ? buttons(
          button('Bring back', { action: 'unvoidTicket', parameters: writeOf(ticket) }, { off: whyNoWork(ticket) }),
        )
      : null,
  )

/** An answer that is not with the customer yet must not look as if it were. */
function unsentWords({ state, by, refusal }: TicketCardView['unsent'][number]) {
  if (state === 'refused')
    return warning(`Gmail did not take the answer of ${by}; the customer has not got it. ${refusal || ''}`)
  if (state === 'unknown')
    return remark(`The answer of ${by} is not confirmed by Gmail yet. It is looked for before it is sent again.`)
  return remark(`The answer of ${by} is on its way.`)
}

function factsSection(ticket: TicketCardView, reader: Reader) {
  const mine = ticket.assignee?.id === ticket.me.id
  const off = whyNot(ticket) ?? (mine ? 'You have taken this ticket.' : null)
  const { customer } = ticket
  return section(
    null,
    fact(
      'Customer',
      customer.name && customer.name !== customer.email ? `${customer.name} · ${customer.email}` : customer.email,
    ),
    fact('Assignee', ticket.assignee ? `${ticket.assignee.name}${mine ? ' (you)' : ''}` : 'Nobody'),
    ticket.priority === 'normal' ? null : fact('Priority', PRIORITY_WORDS[ticket.priority]),
    ticket.waitingSince
      ? fact('Waiting since', `${instant(ticket.waitingSince, reader)} (${elapsed(ticket.waitingSince, reader)})`)
      : null,
    fact('First response', firstResponseWords(ticket, reader)),
    ticket.category ? fact('Category', ticket.category) : null,
    ticket.follows
      ? entry(
          { above: 'Follows', text: ticket.follows.number, below: 'The customer answered a closed ticket' },
          { action: 'openTicket', parameters: { ticketId: ticket.follows.id } },
        )
      : null,
    buttons(
      button(
        'Take',
        { action: 'takeTicket', parameters: { ...writeOf(ticket), me: ticket.me.id } },
        { off, filled: off === null },
      ),
      button('Refresh', { action: 'refreshTicket', parameters: { ticketId: ticket.id } }),
    ),
  )
}

function firstResponseWords({ firstResponse }: TicketCardView, reader: Reader): string {
  if (!firstResponse) return 'Not yet'
  return `${instant(firstResponse.at, reader)}${firstResponse.by ? ` · ${firstResponse.by.name}` : ''}`
}

function moreSection(ticket: TicketCardView) {
  const off = whyNot(ticket)
  const voiding = (reason: Exclude<VoidReason, 'merged'>) =>
    button(VOID_WORDS[reason], { action: 'voidTicket', parameters: { ...writeOf(ticket), reason } }, { off })
  const pages = { ticketId: ticket.id, number: ticket.number, cursor: '' }
  return foldedSection(
    'More',
    1,
    buttons(
      button('Timeline', { action: 'showTimeline', parameters: pages }),
      button('Queue', { action: 'openQueue', parameters: { view: 'mine' } }),
    ),
    ticket.voidReason ? null : buttons(voiding('spam'), voiding('not_a_ticket'), voiding('duplicate')),
  )
}
