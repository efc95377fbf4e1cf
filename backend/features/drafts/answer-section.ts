import type { PanelSection } from '../../../shared/panel.ts'
import { button, buttons, longInput, section } from '../../platform/panel.ts'
import { type CardTicket, changeOf, doubtOf, whyNot } from '../tickets/index.ts'
import { savedRepliesPress } from './saved/cards.ts'
import { type SendingRow, sendingPick } from './sending/picking.ts'

/** Two ways to answer: from the card at once, or in Gmail's own window, where the agent still sees and changes everything. */
export function answerSection(ticket: CardTicket, sending: SendingRow): PanelSection | null {
  const off = whyNot(ticket)
  const send = changeOf(ticket, {
    method: 'POST',
    path: 'answers',
    body: doubtOf(ticket) ? { despiteDoubt: true } : {}, // only behind the warning: see doubtful.ts
    takes: ['reply:text'],
    needs: off ? [] : ['reply'],
    say: 'The answer is on its way',
  })
  return section(
    null,
    off ? null : longInput('reply', 'Answer', '', 'Sent from the support address'),
    off ? null : sendingPick(ticket, sending),
    buttons(
      button('Send', send, { off }),
      button('Reply in Gmail', { kind: 'draft', path: `/v1/tickets/${ticket.id}/reply-drafts` }, { off }),
      button('Saved replies', savedRepliesPress(ticket.id), { off }),
    ),
  )
}
