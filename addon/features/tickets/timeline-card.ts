import type { listTimeline } from '../../../shared/tickets.ts'
import type { ReplyOf } from '../../contract.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { instant } from '../../kit/instant.ts'
import { remark, said } from '../../kit/text.ts'
import { sentenceOf } from './timeline-words.ts'

type Timeline = ReplyOf<typeof listTimeline>

/** What happened to a ticket, newest first. */
export function timelineCard(ticket: { id: string; number: string }, { items, next }: Timeline, reader: Reader): Card {
  const older = next
    ? button('Older', {
        action: 'showTimeline',
        parameters: { ticketId: ticket.id, number: ticket.number, cursor: next },
      })
    : null
  const entries = items.map((entry) =>
    said(`${instant(entry.occurredAt, reader)} · ${entry.actor.name || entry.actor.kind}`, sentenceOf(entry)),
  )
  return card({ title: ticket.number, subtitle: 'Timeline, newest first' }, [
    section(null, entries.length > 0 ? entries : remark('Nothing has happened yet.')),
    section(null, buttons(older)),
  ])
}
