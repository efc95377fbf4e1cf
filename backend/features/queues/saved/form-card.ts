import type { PanelCard, PanelFields, PanelPress } from '../../../../shared/panel.ts'
import { SavedFilter, type SavedViewInput } from '../../../../shared/queues.ts'
import { newId } from '../../../platform/ids.ts'
import {
  button,
  buttons,
  type Choice,
  input,
  pick,
  present,
  remark,
  section,
  warning,
} from '../../../platform/panel.ts'
import { type CategoryLabels, PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'

type Fields = PanelFields['fields']

/** What the form of a view is drawn from. */
export type ViewForm = {
  /** The view that is changed; null for a new one. */
  viewId: string | null
  fields: Fields
  people: readonly { id: string; name: string }[]
  mailboxes: readonly { id: string; address: string }[]
  /** What tickets can be about, with what people read. */
  categories: CategoryLabels
  mayShare: boolean
  problem: string | null
}

/** An empty value would be absent from the form. */
const ANY = 'any'
const any = (label: string): Choice => ({ value: ANY, label })
const joined = (values: readonly string[]) => values.join('+')

const STATUS_CHOICES: Choice[] = [
  any('Any open status'),
  { value: 'new+open', label: 'New or open' },
  ...Object.entries(STATUS_WORDS).map(([value, label]) => ({ value, label })),
]
const PRIORITY_CHOICES: Choice[] = [
  any('Any priority'),
  { value: 'high+urgent', label: 'High or urgent' },
  ...Object.entries(PRIORITY_WORDS).map(([value, label]) => ({ value, label })),
]
const CHANNEL_CHOICES: Choice[] = [
  any('Any way'),
  { value: 'mail', label: 'Mail' },
  { value: 'call', label: 'Call' },
  { value: 'walk_in', label: 'Walk-in' },
]
const spans = (none: string, ...each: [string, string][]): Choice[] => [
  any(none),
  ...each.map(([value, label]) => ({ value, label })),
]
const DUE_CHOICES = spans('Any time', ['60', 'within 1 hour'], ['240', 'within 4 hours'], ['1440', 'within a day'])
const WAIT_CHOICES = spans(
  'Any time',
  ['60', '1 hour or more'],
  ['240', '4 hours or more'],
  ['1440', 'a day or more'],
  ['4320', '3 days or more'],
)
const DAY_CHOICES = spans('Any time', ['1', 'within a day'], ['7', 'within 7 days'], ['30', 'within 30 days'])
const ORDER_CHOICES: Choice[] = [
  { value: 'due', label: 'Due first, then longest wait' },
  { value: 'waiting', label: 'Longest wait first' },
  { value: 'priority', label: 'Most urgent first' },
  { value: 'newest', label: 'Newest ticket first' },
  { value: 'oldest', label: 'Oldest ticket first' },
  { value: 'active', label: 'Newest message first' },
]

/** The fields of a view, so that the form of a saved one holds what it says. */
export const fieldsOf = ({ name, scope, filter, orderBy }: SavedViewInput): Fields => ({
  name: [name],
  scope: [scope],
  status: [joined(filter.statuses) || ANY],
  priority: [joined(filter.priorities) || ANY],
  category: [joined(filter.categories) || ANY],
  tags: [filter.tags.join(', ')],
  assignee: [filter.assignee === 'person' ? (filter.assigneeId ?? '') : filter.assignee],
  mailbox: [filter.mailboxId ?? ANY],
  channel: [joined(filter.channels) || ANY],
  due: [String(filter.dueMinutes ?? ANY)],
  wait: [String(filter.waitMinutes ?? ANY)],
  created: [String(filter.createdDays ?? ANY)],
  active: [String(filter.activeDays ?? ANY)],
  order: [orderBy],
})

export const emptyFields = (): Fields =>
  fieldsOf({ name: '', scope: 'own', filter: SavedFilter.parse({}), orderBy: 'due' })

const NOT_A_PERSON = ['any', 'nobody', 'reader']

/** What was typed, as an input that its schema and checks then judge. */
export function inputOf(fields: Fields): unknown {
  const text = (name: string) => fields[name]?.[0]?.trim() ?? ''
  const chosen = (name: string) => (text(name) === ANY ? '' : text(name))
  const list = (name: string, by: string | RegExp) =>
    chosen(name)
      .split(by)
      .map((each) => each.trim())
      .filter(Boolean)
  const number = (name: string) => (chosen(name) === '' ? null : Number(text(name)))
  const whose = text('assignee') || ANY
  const isPerson = !NOT_A_PERSON.includes(whose)
  return {
    name: text('name'),
    scope: text('scope') || 'own',
    orderBy: text('order') || 'due',
    filter: {
      statuses: list('status', '+'),
      priorities: list('priority', '+'),
      categories: list('category', '+'),
      channels: list('channel', '+'),
      tags: list('tags', ','),
      assignee: isPerson ? 'person' : whose,
      assigneeId: isPerson ? whose : null,
      mailboxId: chosen('mailbox') || null,
      dueMinutes: number('due'),
      waitMinutes: number('wait'),
      createdDays: number('created'),
      activeDays: number('active'),
    },
  }
}

/** The form of a view, with everything that was typed and what is wrong with it. */
export function viewFormCard({
  viewId,
  fields,
  people,
  mailboxes,
  categories,
  mayShare,
  problem,
}: ViewForm): PanelCard {
  const text = (name: string) => fields[name]?.[0] ?? ''
  const choose = (name: string, label: string, choices: Choice[]) =>
    pick(name, label, withOwn(choices, text(name), categories), text(name))
  const whose = [
    { value: 'any', label: 'Anybody or nobody' },
    { value: 'nobody', label: 'Nobody' },
    { value: 'reader', label: 'Whoever looks at it' },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return {
    title: viewId === null ? 'New view' : 'Change the view',
    subtitle: text('name') || null,
    sections: present(
      section(null, problem === null ? null : warning(problem)),
      section(
        null,
        input('name', 'Name', text('name'), 'at most 60 characters'),
        mayShare
          ? choose('scope', 'For whom', [
              { value: 'own', label: 'Only me' },
              { value: 'workspace', label: 'Everybody' },
            ])
          : null,
      ),
      section(
        'Which tickets',
        choose('status', 'Status', STATUS_CHOICES),
        choose('priority', 'Priority', PRIORITY_CHOICES),
        choose('category', 'Category', [
          any('Any category'),
          ...[...categories].map(([value, label]) => ({ value, label })),
        ]),
        input('tags', 'Tags', text('tags'), 'several with commas, all of them; empty: any'),
        choose('assignee', 'Assigned to', whose),
        mailboxes.length > 1
          ? choose('mailbox', 'Mailbox', [
              any('Any'),
              ...mailboxes.map(({ id, address }) => ({ value: id, label: address })),
            ])
          : null,
        choose('channel', 'Came by', CHANNEL_CHOICES),
        choose('due', 'Due', DUE_CHOICES),
        choose('wait', 'The customer waits', WAIT_CHOICES),
        choose('created', 'Created', DAY_CHOICES),
        choose('active', 'Newest message', DAY_CHOICES),
      ),
      section(
        null,
        choose('order', 'Order', ORDER_CHOICES),
        buttons(
          button('Save', pressOf(viewId, '/v1/saved-view-form'), { filled: true }),
          ...(viewId === null ? [] : [button('Delete', pressOf(viewId, '/v1/saved-view-form/deletion'))]),
        ),
        remark('A view of solved or closed tickets reaches back 7 days.'),
      ),
    ),
    say: null,
  }
}

/** A view that a program saved may hold what the form does not offer; it stays as it is. */
const withOwn = (choices: Choice[], value: string, labels: CategoryLabels): Choice[] =>
  choices.some((choice) => choice.value === value)
    ? choices
    : [
        ...choices,
        {
          value,
          label: value
            .split('+')
            .map((each) => labels.get(each) ?? each)
            .join(', '),
        },
      ]

const pressOf = (viewId: string | null, path: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: viewId === null ? path : `${path}?view=${viewId}`,
  key: newId(),
  lay: 'update',
})
