import type {
  PanelButton,
  PanelCard,
  PanelFields,
  PanelPress,
  PanelSection,
  PanelWidget,
} from '../../../shared/panel.ts'
import { LONGEST_TASK, type Task, type WhoseTasks } from '../../../shared/tasks.ts'
import { newId } from '../../platform/ids.ts'
import {
  button,
  buttons,
  day,
  fact,
  input,
  pick,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../platform/panel.ts'
import { NOBODY } from './form.ts'
import type { Owner } from './owners.ts'
import { dueWords } from './words.ts'

type Typed = PanelFields['fields']
type Page = { items: readonly Task[]; next: string | null }
type Person = { id: string; name: string }

/** From where a card of tasks was opened: it is shown again after a press. */
export type Place = { on: 'mine' | 'nobody' | 'owner'; ticketId: string | null }

/** What a reader may do: look, or work. */
export type Reader = { id: string | null; mayWork: boolean; today: string }

const asked = (path: string, query: Record<string, string | null> = {}): string => {
  const given = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return `${path}${given.size > 0 ? `?${given}` : ''}`
}

const look = (path: string, lay: 'push' | 'update' = 'push'): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: path as `/v1/${string}`,
  key: null,
  lay,
})

const send = (path: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: path as `/v1/${string}`,
  key: newId(),
  lay: 'update',
})

/** Where the tasks of a ticket or customer are. */
export const ownerPath = ({ kind, id }: Owner, ticketId: string | null = null): string =>
  kind === 'ticket' ? `/v1/tickets/${id}/tasks/card` : asked(`/v1/customers/${id}/tasks/card`, { ticket: ticketId })

const WHOSE_WORDS: Record<WhoseTasks, string> = { mine: 'Mine', nobody: 'Nobody’s' }

/** Open tasks of the reader, or of nobody. */
export const taskListCard = (whose: WhoseTasks, { items, next }: Page, reader: Reader): PanelCard => ({
  title: whose === 'mine' ? 'My tasks' : 'Tasks of nobody',
  subtitle: null,
  sections: present(
    section(
      null,
      buttons(
        ...(['mine', 'nobody'] as const).map((each) =>
          button(WHOSE_WORDS[each], look(asked('/v1/tasks/card', { whose: each }), 'update'), {
            filled: each === whose,
          }),
        ),
      ),
    ),
    section(
      null,
      ...(items.length > 0
        ? items.flatMap((task) => taskWidgets(task, { on: whose, ticketId: null }, reader))
        : [remark('Nothing is to be done.')]),
      next === null ? null : buttons(button('More', look(asked('/v1/tasks/card', { whose, cursor: next })))),
    ),
  ),
  say: null,
})

function taskWidgets(task: Task, place: Place, reader: Reader): PanelWidget[] {
  const about = place.on === 'owner' ? (task.assignee?.name ?? 'Nobody') : (task.ticket?.number ?? task.customer?.name)
  const line = fact(`${dueWords(task.dueOn, reader.today)} · ${about}`, task.words, null, openPress(task, place))
  return reader.mayWork ? [line, buttons(...taskButtons(task, place))] : [line]
}

function openPress({ ticket, customer }: Task, { on }: Place): PanelPress | null {
  if (on === 'owner') return null
  if (ticket) return { kind: 'open', ticketId: ticket.id }
  return customer && look(`/v1/customers/${customer.id}/card`)
}

const taskButtons = ({ id }: Task, { on, ticketId }: Place): PanelButton[] => [
  button('Done', send(asked(`/v1/tasks/${id}/completion/card`, { done: 'yes', on, ticket: ticketId }))),
  button('Change', look(asked(`/v1/tasks/${id}/card`, { on, ticket: ticketId }))),
]

/** What is to be done for one ticket or customer, with room for one more. */
export type OwnerCard = {
  owner: Owner
  name: string
  open: Page
  done: readonly Task[]
  people: readonly Person[]
  typed: Typed
  problem: string | null
  say: string | null
}

export const ownerCard = (given: OwnerCard, reader: Reader, ticketId: string | null): PanelCard => {
  const { owner, name, open, done, people, typed, problem, say } = given
  const place: Place = { on: 'owner', ticketId }
  return {
    title: 'Tasks',
    subtitle: name,
    sections: present(
      problem === null ? null : section(null, warning(problem)),
      section(null, ...open.items.flatMap((task) => taskWidgets(task, place, reader))),
      open.next === null ? null : section(null, remark('There are more: finish some of these first.')),
      reader.mayWork
        ? section(
            'New task',
            ...formWidgets(typed, { words: '', dueOn: reader.today, assigneeId: reader.id ?? NOBODY }, people),
            buttons(button('Add task', send(ownerPath(owner, ticketId)), { filled: true })),
          )
        : null,
      doneSection(done, place, reader),
      backTo(owner, ticketId),
    ),
    say,
  }
}

const backTo = (owner: Owner, ticketId: string | null) => {
  const back = owner.kind === 'ticket' ? owner.id : ticketId
  return back === null ? null : section(null, buttons(toTicket(back)))
}

function doneSection(done: readonly Task[], { on, ticketId }: Place, { mayWork }: Reader): PanelSection | null {
  if (done.length === 0) return null
  return {
    title: 'Done',
    folded: 0,
    widgets: done.flatMap(({ id, words, doneBy }) => [
      fact(doneBy ?? 'Done', words),
      ...(mayWork
        ? [
            buttons(
              button('Not done', send(asked(`/v1/tasks/${id}/completion/card`, { done: 'no', on, ticket: ticketId }))),
            ),
          ]
        : []),
    ]),
  }
}

type Kept = { words: string; dueOn: string; assigneeId: string }

function formWidgets(typed: Typed, kept: Kept, people: readonly Person[]): PanelWidget[] {
  const of = (name: keyof Kept) => typed[`task.${name}`]?.[0] ?? kept[name]
  const known = people.map(({ id, name }) => ({ value: id, label: name }))
  return [
    input('task.words', 'What is to be done', of('words'), `at most ${LONGEST_TASK} characters`),
    day('task.dueOn', 'By', of('dueOn')),
    pick('task.assigneeId', 'Who', [{ value: NOBODY, label: 'Whoever comes first' }, ...known], of('assigneeId')),
  ]
}

/** One open task as a form. */
export const taskForm = (
  task: Task,
  { on, ticketId }: Place,
  { people, typed, problem, mayWork }: Pick<OwnerCard, 'people' | 'typed' | 'problem'> & Pick<Reader, 'mayWork'>,
): PanelCard => ({
  title: 'Task',
  subtitle: task.ticket?.number ?? task.customer?.name ?? null,
  sections: present(
    problem === null ? null : section(null, warning(problem)),
    section(
      null,
      ...formWidgets(
        typed,
        { words: task.words, dueOn: task.dueOn, assigneeId: task.assignee?.id ?? NOBODY },
        task.assignee && !people.some(({ id }) => id === task.assignee?.id) ? [task.assignee, ...people] : people,
      ),
      buttons(
        button(
          'Save',
          send(asked(`/v1/tasks/${task.id}/card`, { on, ticket: ticketId, version: String(task.version) })),
          { filled: true, off: mayWork ? null : 'Your role may look at tasks, not change them.' },
        ),
      ),
    ),
  ),
  say: null,
})
