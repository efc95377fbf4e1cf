import type { QueueCounts, QueueTicket } from '../../../../shared/queues.ts'
import type { TicketStatus } from '../../../../shared/tickets.ts'
import { clockTime } from '../../../platform/panel.ts'
import { type CategoryLabels, NOBODY_WAITS, STATUS_WORDS } from '../../tickets/index.ts'
import type { Wanted } from '../views/views.ts'

const VIEW_WORDS: Partial<Record<Wanted['view'], string>> = {
  mine: 'Mine',
  unassigned: 'Unassigned',
  breaching: 'Due next',
  unanswered: 'Never answered',
  open: 'All open',
  snoozed: 'Snoozed',
  mentions: 'Mentions of me',
  spam: 'Suspected spam',
  thanks: 'Thanks',
  solved: 'Recently solved',
  closed: 'Closed',
  void: 'Void',
}

/** A view as a list names it. */
export type Named = Pick<Wanted, 'view' | 'of'> & { saved?: { name: string } | null | undefined }

/** What a view is called. @param labels what categories are called */
export function viewWords({ view, of, saved }: Named, labels: CategoryLabels): string {
  if (view === 'saved') return saved?.name ?? 'Saved view'
  if (view === 'status') return STATUS_WORDS[of as TicketStatus] ?? `${of}`
  if (view === 'category') return `Category ${labels.get(of ?? '') ?? of}`
  if (view === 'tag') return `Tag ${of}`
  return VIEW_WORDS[view] ?? view
}

const NOTHING: Partial<Record<Wanted['view'], string>> = {
  mine: 'Nothing waits for you.',
  unassigned: 'Every open ticket has someone.',
  unanswered: 'Every customer who waits has had an answer before.',
  open: 'No open tickets.',
  snoozed: 'Nothing is snoozed.',
  mentions: 'No note that you have not seen mentions you.',
}

/** @param dueNextMinutes what «Due next» reaches */
export const nothingWords = ({ view }: Named, dueNextMinutes: number): string =>
  view === 'breaching'
    ? `Nothing is due within ${spanWords(dueNextMinutes * MINUTE)}.`
    : (NOTHING[view] ?? 'No tickets.')

/** How many tickets a view holds; null where nobody counts. */
export function countOf({ view, of }: Named, counts: QueueCounts): number | null {
  if (view === 'status') return counts.statuses[of ?? ''] ?? null
  if (view === 'category') return counts.categories[of ?? ''] ?? null
  if (view === 'tag') return counts.tags[of ?? ''] ?? null
  if (view === 'saved') return counts.saved[of ?? ''] ?? null
  return view === 'closed' || view === 'void' ? null : counts[view]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long, roughly: `42 min`, `5 h`, `3 days`. @param ms milliseconds */
export function spanWords(ms: number): string {
  if (ms < MINUTE) return 'less than a minute'
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`
  return `${Math.floor(ms / DAY)} days`
}

/** What matters about the time of a ticket: when it comes back, is due or was solved, how long its customer waits, when something was said. */
export function timeWords(ticket: QueueTicket, now: Date): string {
  const { snoozedUntil, dueAt, waitingSince, solvedAt, lastMessageAt } = ticket
  if (snoozedUntil) return backWords(new Date(snoozedUntil))
  if (dueAt) {
    const left = new Date(dueAt).getTime() - now.getTime()
    return left < 0 ? `overdue by ${spanWords(-left)}` : `due in ${spanWords(left)}`
  }
  if (waitingSince) return `waiting ${spanWords(now.getTime() - new Date(waitingSince).getTime())}`
  return solvedAt ? `solved ${clockTime(new Date(solvedAt))}` : clockTime(new Date(lastMessageAt))
}

export const backWords = (until: Date): string =>
  until.getTime() === NOBODY_WAITS.getTime() ? 'until they answer' : `back ${clockTime(until)}`
