import type { z } from 'zod'
import type { Message } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import type { Clock } from '../panel/clock.ts'
import { asked, ticketPath } from '../paths.ts'
import { messageView } from './message-view.ts'

export type Conversation = { items: z.infer<typeof Message>[]; next: string | null }

/** Of so many is read at once what was said last; the others are behind one line. */
const OPEN = 3

/** A page is to stay small on the way to a phone. Characters. */
const LONGEST = { open: 4_000, older: 600 }

export const messagesPath = (ticketId: string, cursor: string | null = null): string =>
  asked(`${ticketPath(ticketId)}/messages`, { cursor })

/** The newest messages of a ticket, and the ways to all of them. */
export function conversationView(ticketId: string, { items, next }: Conversation, clock: Clock) {
  const whole = messagesPath(ticketId)
  const [open, older] = [items.slice(0, OPEN), items.slice(OPEN)]
  return html`
    <section aria-label="Conversation" id="conversation">
      <h2>Conversation</h2>
      ${items.length === 0 && html`<p class="soft">No messages.</p>`}
      ${open.map((message) => messageView(message, clock, { at: LONGEST.open, whole }))}
      ${
        older.length > 0 &&
        html`<details><summary>${older.length} before</summary>
          ${older.map((message) => messageView(message, clock, { at: LONGEST.older, whole }))}</details>`
      }
      ${next && html`<p><a href=${messagesPath(ticketId, next)}>Older messages</a></p>`}
    </section>`
}
