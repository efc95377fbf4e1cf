import type { PanelSection } from '../../../shared/panel.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { button, buttons, longInput, section } from '../../platform/panel.ts'
import { type CardTicket, cardPart, changeOf, whyNot } from '../tickets/index.ts'

/** Two ways to answer: from the card at once, or in Gmail's own window, where the agent still sees and changes everything. */
export function answerSection(ticket: CardTicket): PanelSection | null {
  const off = whyNot(ticket)
  const send = changeOf(ticket, {
    method: 'POST',
    path: 'answers',
    body: {},
    takes: ['reply:text'],
    needs: off ? [] : ['reply'],
    say: 'The answer is on its way',
  })
  return section(
    null,
    off ? null : longInput('reply', 'Answer', '', 'Sent from the support address'),
    buttons(
      button('Send', send, { off }),
      button('Reply in Gmail', { kind: 'draft', path: `/v1/tickets/${ticket.id}/reply-drafts` }, { off }),
    ),
  )
}

/** Where the answer is written, on the card of a ticket. */
export const answerPart = cardPart({
  name: 'answer',
  sql: () => Prisma.sql`null::json`,
  present: () => [],
  below(_ctx, _scene, _row, ticket) {
    const answer = answerSection(ticket)
    return answer ? [answer] : []
  },
})
