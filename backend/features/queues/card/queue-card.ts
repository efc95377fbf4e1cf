import type { PanelButton, PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import type { QueueName, QueueTicket } from '../../../../shared/queues.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Actor } from '../../../platform/actor.ts'
import { button, buttons, fact, pick, present, remark, section } from '../../../platform/panel.ts'
import { standingSection } from '../../assignment/index.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'
import type { Queue } from '../reading.ts'
import { mayWrite } from '../saved/rows.ts'
import { inWords } from '../views/counts.ts'
import { presentRow } from '../views/rows.ts'
import type { Wanted } from '../views/views.ts'
import { remindersSection, runningSection } from './above.ts'
import { bulkPath, cardPath, choicesOf, keyOf } from './choices.ts'
import { countOf, nothingWords, timeWords, viewWords } from './words.ts'

/** One view of the queue, with the counts of the others: the homepage of the panel. */
export const queueCard = (queue: Queue, reader: Actor): PanelCard => ({
  title: queue.workspace,
  subtitle: reader.name,
  sections: present(
    remindersSection(queue.reminders),
    runningSection(queue.running),
    viewsSection(queue),
    listSection(queue),
    standingSection(queue.standing),
    moreSection(queue, reader),
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

/** Views in which everybody knows whose the tickets are. */
const OWNER_IS_KNOWN: readonly QueueName[] = ['mine', 'unassigned']

function line(ticket: QueueTicket, now: Date, view: QueueName): PanelWidget {
  const { id, number, status, priority, subject, customer, assignee, claim } = ticket
  const above = [number, STATUS_WORDS[status], priority === 'normal' ? null : PRIORITY_WORDS[priority]]
  const below = [
    customer.name || customer.email,
    OWNER_IS_KNOWN.includes(view) ? null : (assignee?.name ?? 'nobody'),
    timeWords(ticket, now),
    claim && `${claim.name} is on it`,
  ]
  return fact(joined(above), subject || '(no subject)', joined(below), { kind: 'open', ticketId: id })
}

const joined = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(' · ')

/** What is done seldom, behind one line. */
function moreSection({ wanted }: Queue, reader: Actor): PanelSection | null {
  const row = [...workButtons(wanted, reader), ...savingButtons(wanted, reader)]
  return row.length === 0 ? null : { title: 'More', folded: 0, widgets: [buttons(...row)] }
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
