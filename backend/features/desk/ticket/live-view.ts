import { html, htmlOf } from '../../../platform/html.ts'
import { STATUS_WORDS } from '../../tickets/index.ts'
import { type Clock, clockWords } from '../panel/clock.ts'
import { type Conversation, conversationView } from './conversation-view.ts'
import type { StandingNow } from './standing-now.ts'

export type LiveTicket = { ticketId: string; standing: StandingNow; conversation: Conversation; clock: Clock }

/**
 * The part of a ticket's page that changes by itself, as HTML: whose it is, who is on it, and what was said. Its buttons do not: what
 * somebody is about to press must not change under their finger.
 * @param drawn the version of the ticket that the buttons of the page are for
 */
export const liveHtml = ({ ticketId, standing, conversation, clock }: LiveTicket, drawn: number): string =>
  htmlOf(html`
    <p class="soft">${standingWords(standing, clock)}</p>
    ${
      standing.version !== drawn &&
      html`<div class="card"><p class="bad">This ticket has changed since you opened it.</p>
        <button class="second" name="press" value="stay">Show it anew, with what I typed</button></div>`
    }
    ${conversationView(ticketId, conversation, clock)}`)

function standingWords({ status, voided, assignee, claim }: StandingNow, clock: Clock): string {
  const on = claim && `${claim.name} is on it since ${clockWords(new Date(claim.since), clock)}`
  return [voided ? 'Void' : STATUS_WORDS[status], assignee ?? 'nobody has it', on].filter(Boolean).join(' · ')
}
