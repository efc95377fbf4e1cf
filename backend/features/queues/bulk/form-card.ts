import { BULK_LIMIT, BulkWish } from '../../../../shared/bulk-acts.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../../../../shared/tickets.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import {
  boxes,
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
import { formatNumber, PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'
import { bulkPath } from '../card/choices.ts'
import { countOf, viewWords } from '../card/words.ts'
import type { Queue } from '../reading.ts'
import { inWords } from '../views/counts.ts'

type Fields = PanelFields['fields']

export type BulkForm = {
  queue: Queue
  fields: Fields
  people: readonly { id: string; name: string }[]
  problem: string | null
}

/** An act on tickets of a view: which ones, and what is done to each. */
export function bulkFormCard({ queue, fields, people, problem }: BulkForm): PanelCard {
  const { wanted, counts, rows, labels } = queue
  const count = countOf(wanted, counts)
  const all = `All of this view${count === null ? '' : ` (${inWords(count)})`}`
  const which = [
    { value: 'ticked', label: 'Those that I tick' },
    { value: 'all', label: all },
  ]
  const shown = rows.map(({ id, number, subject }) => ({ value: id, label: `${formatNumber(number)} · ${subject}` }))
  return {
    title: 'Several at once',
    subtitle: viewWords(wanted, labels),
    sections: present(
      section(null, problem === null ? null : warning(problem)),
      section(
        'Which tickets',
        pick('which', 'Tickets', which, fields['which']?.[0] ?? 'ticked'),
        shown.length > 0
          ? boxes('tickets', 'Tick', shown, fields['tickets'] ?? [])
          : remark('There is no ticket here.'),
      ),
      section(
        'What to do',
        pick('act', 'Do', [NOTHING_YET, ...actsFor(people)], fields['act']?.[0] ?? NOTHING_YET.value),
        input('tags', 'Tags', fields['tags']?.[0] ?? '', 'for adding or removing tags, with commas'),
        input('survivor', 'Ticket that stays', fields['survivor']?.[0] ?? '', 'for merging, for example TKT-000042'),
        buttons(
          button(
            'Do it',
            { kind: 'call', method: 'POST', path: bulkPath(wanted), key: newId(), lay: 'update' },
            { filled: true },
          ),
        ),
        remark(`${BULK_LIMIT.toLocaleString('en')} tickets at most. It can be taken back for ten minutes.`),
      ),
    ),
    say: null,
  }
}

const NOTHING_YET: Choice = { value: 'nothing', label: 'Choose' }

const actsFor = (people: readonly { id: string; name: string }[]): Choice[] => [
  ...TICKET_STATUSES.filter((status) => status !== 'new').map((status) => ({
    value: `status=${status}`,
    label: `Status: ${STATUS_WORDS[status]}`,
  })),
  ...TICKET_PRIORITIES.map((priority) => ({
    value: `priority=${priority}`,
    label: `Priority: ${PRIORITY_WORDS[priority]}`,
  })),
  { value: 'tag=add', label: 'Add tags' },
  { value: 'tag=remove', label: 'Remove tags' },
  { value: 'merge=into', label: 'Merge into the ticket below' },
  { value: 'assign=nobody', label: 'Give to nobody' },
  ...people.map(({ id, name }) => ({ value: `assign=${id}`, label: `Give to ${name}` })),
]

/** What was chosen, as an act. @param survivorId the ticket whose number was typed; null when there is none @throws DeskError invalid_request with what is missing */
export function wishOf(fields: Fields, survivorId: string | null): BulkWish {
  const [kind = '', value = ''] = (fields['act']?.[0] ?? '').split('=')
  const tags = (fields['tags']?.[0] ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  const wish = BulkWish.safeParse({
    kind,
    ...(kind === 'status' && { status: value }),
    ...(kind === 'priority' && { priority: value }),
    ...(kind === 'assign' && { assigneeId: value === 'nobody' ? null : value }),
    ...(kind === 'merge' && { survivorId }),
    ...(kind === 'tag' && (value === 'add' ? { add: tags } : { remove: tags })),
  })
  if (!wish.success) throw new DeskError('invalid_request', WRONG[kind] ?? 'Choose what to do.')
  return wish.data
}

const WRONG: Record<string, string> = {
  tag: 'A tag has at most 40 characters, and there are at most 20.',
  merge: 'Write the number of the ticket that stays, for example TKT-000042.',
}
