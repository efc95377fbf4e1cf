import type { PanelButton, PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import type { QueueName, QueueTicket } from '../../../../shared/queues.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Actor } from '../../../platform/actor.ts'
import { button, buttons, fact, pick, present, remark, section } from '../../../platform/panel.ts'
import { standingSection } from '../../assignment/index.ts'
import { workComesFirst, workSection } from '../../workforce/index.ts'
import type { Queue } from '../reading.ts'
import { mayWrite } from '../saved/rows.ts'
import { inWords } from '../views/counts.ts'
import { presentRow } from '../views/rows.ts'
import type { Wanted } from '../views/views.ts'
import { remindersSection, runningSection } from './above.ts'
import { bulkPath, cardPath, choicesOf, keyOf } from './choices.ts'
import { ticketLine } from './ticket-line.ts'
import { countOf, nothingWords, viewWords } from './words.ts'

type Around = {
  /** What other features put above the views. */
  added: readonly PanelSection[]
  /** Where the reader chooses what reaches them. */
  noticesUrl: string
}

/** One view of the queue, with the counts of the others: the homepage of the panel. */
export const queueCard = (queue: Queue, reader: Actor, { added, noticesUrl }: Around): PanelCard => ({
  title: queue.workspace,
  subtitle: reader.name,
  sections: present(
    workComesFirst(queue.work, queue.now) ? workSection(queue.work, queue.now) : null,
    remindersSection(queue.reminders),
    runningSection(queue.running),
    ...added,
    viewsSection(queue),
    listSection(queue),
    workComesFirst(queue.work, queue.now) ? null : workSection(queue.work, queue.now),
    standingSection(queue.standing),
    moreSection(queue, reader, noticesUrl),
  ),
  say: null,
})

/** Views with a button of their own. */
const TABS = ['mine', 'unassigned', 'breaching'] as const

const look = (path: string, lay: 'update' | 'push'): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path,
  key: null,
  lay,
})

function viewsSection(queue: Queue): PanelSection | null {
  const { wanted, counts, labels } = queue
  const tabs = TABS.map((view) =>
    button(
      `${viewWords({ view, of: null }, labels)} (${inWords(counts[view])})`,
      look(cardPath({ view, of: null }), 'update'),
      { filled: view === wanted.view },
    ),
  )
  return section(
    null,
    buttons(...tabs),
    pick('view', 'All views', choicesOf(queue), keyOf(wanted), {
      kind: 'call',
      method: 'POST',
      path: '/v1/queue-cards',
      key: null,
      lay: 'update',
    }),
  )
}

function listSection({
  wanted,
  rows,
  next,
  now,
  counts,
  dueNextMinutes,
  tasksDue,
  labels,
}: Queue): PanelSection | null {
  const count = countOf(wanted, counts)
  return section(
    `${viewWords(wanted, labels)}${count === null ? '' : ` (${inWords(count)})`}`,
    ...(rows.length > 0
      ? rows.map((row) => line(presentRow(row), now, wanted.view))
      : [remark(nothingWords(wanted, dueNextMinutes))]),
    buttons(
      ...(next ? [button('More tickets', look(cardPath(wanted, { cursor: next }), 'push'))] : []),
      button('Refresh', look(cardPath(wanted), 'update')),
      button('Search', look('/v1/search/card', 'push')),
      button(tasksDue > 0 ? `My tasks (${tasksDue} due)` : 'My tasks', look('/v1/tasks/card', 'push')),
    ),
  )
}

function line(ticket: QueueTicket, now: Date, view: QueueName): PanelWidget {
  const { above, subject, below } = ticketLine(ticket, now, view)
  return fact(above, subject, below, { kind: 'open', ticketId: ticket.id })
}

/** What is done seldom, behind one line. */
function moreSection({ wanted }: Queue, reader: Actor, noticesUrl: string): PanelSection | null {
  if (reader.kind !== 'staff') return null
  const notices = button('Notices', { kind: 'link', url: noticesUrl })
  const row = [...workButtons(wanted, reader), ...savingButtons(wanted, reader), notices]
  return { title: 'More', folded: 0, widgets: [buttons(...row)] }
}

const AT_WORK: readonly string[] = PEOPLE_AT_WORK

const workButtons = (wanted: Wanted, reader: Actor): PanelButton[] =>
  reader.kind === 'staff' && AT_WORK.includes(reader.role)
    ? [
        button('Several at once', look(bulkPath(wanted), 'push')),
        button('New ticket from a call', look('/v1/contacts/card', 'push')),
        button('My reminders', look('/v1/reminders-card', 'push')),
      ]
    : []

function savingButtons({ view, saved }: Wanted, reader: Actor): PanelButton[] {
  if (reader.kind !== 'staff') return []
  const change =
    view === 'saved' && saved && mayWrite(saved, reader)
      ? [button('Change this view', look(`/v1/saved-view-form?view=${saved.id}`, 'push'))]
      : []
  return [...change, button('New view', look('/v1/saved-view-form', 'push'))]
}
