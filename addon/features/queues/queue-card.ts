import type { COUNT_LIMIT, QueueView } from '../../../shared/queues.ts'
import type { TicketSummary } from '../../../shared/tickets.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { elapsed, instant } from '../../kit/instant.ts'
import { entry, remark } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { runningSection } from '../combined-actions/running-section.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from '../tickets/words.ts'

/** Counts stop here, as the contract says. */
const MOST_COUNTED: typeof COUNT_LIMIT = 1_000

const VIEWS = [
  { view: 'mine', label: 'Mine' },
  { view: 'unassigned', label: 'Unassigned' },
  { view: 'open', label: 'All open' },
] as const

const NOTHING = {
  mine: 'Nothing waits for you.',
  unassigned: 'Every open ticket has someone.',
  open: 'No open tickets.',
} as const

/** One view of the queue, with the counts of the others. */
export function queueCard(queue: QueueView, reader: Reader): Card {
  const { view, items, next } = queue
  const tabs = VIEWS.map(({ view: each, label }) =>
    button(
      `${label} (${counted(queue.counts[each])})`,
      { action: 'showQueue', parameters: { view: each } },
      { filled: each === view },
    ),
  )
  const nothing = NOTHING[view as keyof typeof NOTHING] ?? 'No tickets.'
  return card({ title: queue.workspace, subtitle: queue.me.name }, [
    runningSection(queue.running, ''),
    section(null, buttons(...tabs)),
    section(
      VIEWS.filter((each) => each.view === view)[0]?.label ?? null,
      items.length > 0 ? items.map((item) => line(item, reader)) : remark(nothing),
    ),
    section(
      null,
      buttons(
        next ? button('More', { action: 'moreOfQueue', parameters: { view, cursor: next } }) : null,
        button('Refresh', { action: 'showQueue', parameters: { view } }),
      ),
    ),
  ])
}

const counted = (count: number) => (count >= MOST_COUNTED ? `${MOST_COUNTED}+` : String(count))

function line(ticket: TicketSummary, reader: Reader) {
  const { number, status, priority, customer, assignee, waitingSince, lastMessageAt } = ticket
  const urgency = priority !== 'normal' && PRIORITY_WORDS[priority]
  const wait = waitingSince ? `waiting ${elapsed(waitingSince, reader)}` : instant(lastMessageAt, reader)
  return entry(
    {
      above: joined([number, STATUS_WORDS[status], urgency]),
      text: ticket.subject || '(no subject)',
      below: joined([customer.name || customer.email, assignee?.name ?? 'nobody', wait]),
    },
    { action: 'openTicket', parameters: { ticketId: ticket.id } },
  )
}
