import type { QueueName, QueueTicket } from '../../../../shared/queues.ts'
import { html } from '../../../platform/html.ts'
import { ticketLine } from '../../queues/index.ts'
import { type Clock, timed } from '../panel/clock.ts'
import { ticketPath } from '../paths.ts'

/** One ticket of a list, which leads to it. */
export function lineView(ticket: QueueTicket, clock: Clock, view: QueueName) {
  const { above, subject, below } = ticketLine(ticket, clock.now, view)
  return html`<li id=${`t-${ticket.id}`}><a class="line" href=${ticketPath(ticket.id)}>
    <small>${above}</small><strong>${subject}</strong><small>${timed(below, clock)}</small></a></li>`
}
