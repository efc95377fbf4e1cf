import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { listMessages } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import { type Page, page, type Visit } from '../../settings/index.ts'
import { viewTicket } from '../../tickets/index.ts'
import { ask, type Caller, type Routes } from '../api.ts'
import { ticketPath } from '../paths.ts'
import { placeOf } from '../place.ts'
import { messagesPath } from '../ticket/conversation-view.ts'
import { messageView } from '../ticket/message-view.ts'

const AT_ONCE = 20

/** The whole conversation, whole texts, page by page. */
export const messagesPage = (routes: Routes): Page =>
  page('/desk/tickets/:ticketId/messages', STAFF_ROLES, (ctx, visit) =>
    shown({ ctx, routes, actor: visit.actor }, visit),
  )

async function shown(caller: Caller, { params, query }: Visit) {
  const ticketId = params['ticketId'] ?? ''
  const { ctx, actor } = caller
  const [{ number, subject }, { items, next }, { clock }] = await Promise.all([
    viewTicket(ctx, ticketId, actor),
    ask(caller, listMessages, {
      params: { ticketId },
      query: { limit: AT_ONCE, cursor: query.get('cursor') ?? undefined },
    }),
    placeOf(ctx, actor),
  ])
  const body = html`
    <h1>${number} · Conversation</h1>
    <p><strong>${subject || '(no subject)'}</strong></p>
    ${items.length === 0 && html`<p>No messages.</p>`}
    <section aria-label="Messages, newest first"><h2>Newest first</h2>
      ${items.map((message) => messageView(message, clock, null))}
    </section>
    ${next && html`<p><a class="button second" href=${messagesPath(ticketId, next)}>Older messages</a></p>`}
    <p><a href=${ticketPath(ticketId)}>Ticket</a></p>`
  return { title: `${number}: conversation`, body }
}
