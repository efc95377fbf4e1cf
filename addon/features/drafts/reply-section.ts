import type { TicketCardView } from '../../../shared/tickets.ts'
import type { DraftPlace } from '../../event.ts'
import { button, buttons, draftButton } from '../../kit/button.ts'
import { section } from '../../kit/card.ts'
import { input } from '../../kit/fields.ts'
import { whyNot, writeOf } from '../tickets/writing.ts'

type ReplyScene = { drafts: DraftPlace; typed?: Record<string, string> }

/** Two ways to answer: from here at once, or in Gmail's own window, where the agent still sees and changes everything. */
export function replySection(ticket: TicketCardView, { drafts, typed = {} }: ReplyScene) {
  const off = whyNot(ticket)
  const needs = off ? [] : ['reply']
  return section(
    null,
    off ? null : input('reply', 'Answer', { value: typed.reply, hint: 'Sent from the support address', lines: true }),
    buttons(
      button('Send', { action: 'sendReply', parameters: writeOf(ticket) }, { off, needs }),
      drafts &&
        draftButton('Reply in Gmail', { action: 'replyInGmail', parameters: { ticketId: ticket.id } }, drafts, { off }),
    ),
  )
}
