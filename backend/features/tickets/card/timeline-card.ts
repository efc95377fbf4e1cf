import type { PanelCard } from '../../../../shared/panel.ts'
import type { TimelineEntry } from '../../../../shared/tickets.ts'
import { button, buttons, clockTime, fact, present, remark, section } from '../../../platform/panel.ts'
import { timelinePress } from './ways.ts'

/** What happened to a ticket, newest first, a page on top of the one before. */
export function timelineCard(
  ticket: { id: string; number: string },
  { items, next }: { items: readonly TimelineEntry[]; next: string | null },
): PanelCard {
  const entries = items.map(({ occurredAt, actor, words }) =>
    fact(`${clockTime(new Date(occurredAt))} · ${actor.name || actor.kind}`, words),
  )
  return {
    title: ticket.number,
    subtitle: 'Timeline, newest first',
    sections: present(
      section(null, ...(entries.length > 0 ? entries : [remark('Nothing has happened yet.')])),
      next === null ? null : section(null, buttons(button('Older', timelinePress(ticket.id, next)))),
    ),
    say: null,
  }
}
