import { OPEN_STATUSES, QUEUE_VIEWS, type QueueName } from '../../../../shared/queues.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Choice } from '../../../platform/panel.ts'
import type { Queue } from '../reading.ts'
import { inWords } from '../views/counts.ts'
import type { Wanted } from '../views/views.ts'
import { countOf, type Named, viewWords } from './words.ts'

/** Views that a drop-down always offers; the others when they hold something. */
const ALWAYS: readonly QueueName[] = ['mine', 'unassigned', 'breaching', 'open', 'solved']
const WHEN_FILLED: readonly QueueName[] = ['mentions', 'unanswered', 'snoozed', 'thanks', 'spam']

/** A view as the value of a choice: `mine`, `tag=vip`, `saved=<id>`. */
export const keyOf = ({ view, of }: Pick<Wanted, 'view' | 'of'>): string => (of === null ? view : `${view}=${of}`)

/** @throws DeskError invalid_request for a choice that no drop-down of ours has */
export function chosenBy(key: string): Pick<Wanted, 'view' | 'of'> {
  const [view = '', ...of] = key.split('=')
  if (!(QUEUE_VIEWS as readonly string[]).includes(view))
    throw new DeskError('invalid_request', 'Choose a view from the list.')
  return { view: view as QueueName, of: of.length > 0 ? of.join('=') : null }
}

/** The path of a view's card. */
export const cardPath = ({ view, of }: Pick<Wanted, 'view' | 'of'>, more: Record<string, string> = {}): string =>
  pathOf(view, 'card', { ...(of !== null && { of }), ...more })

export const bulkPath = ({ view, of }: Pick<Wanted, 'view' | 'of'>, more: Record<string, string> = {}): string =>
  pathOf(view, 'bulk-card', { ...(of !== null && { of }), ...more })

function pathOf(view: QueueName, card: string, query: Record<string, string>): string {
  const asked = new URLSearchParams(query).toString()
  return `/v1/queues/${view}/${card}${asked && `?${asked}`}`
}

/** Everything that can be looked at, with how much is in it. */
export function choicesOf({ wanted, counts, saved, labels }: Queue): Choice[] {
  const filled = (views: Named[]) => views.filter((each) => (countOf(each, counts) ?? 0) > 0)
  const all: Named[] = [
    ...ALWAYS.map((view) => ({ view, of: null })),
    ...filled(WHEN_FILLED.map((view) => ({ view, of: null }))),
    ...saved.map(({ id, name }) => ({ view: 'saved' as const, of: id, saved: { name } })),
    ...filled(OPEN_STATUSES.map((of) => ({ view: 'status' as const, of }))),
    ...filled(Object.keys(counts.categories).map((of) => ({ view: 'category' as const, of }))),
    ...filled(Object.keys(counts.tags).map((of) => ({ view: 'tag' as const, of }))),
  ]
  const known = all.some((each) => keyOf(each) === keyOf(wanted))
  return (known ? all : [wanted, ...all]).map((each) => {
    const count = countOf(each, counts)
    return { value: keyOf(each), label: viewWords(each, labels) + (count === null ? '' : ` (${inWords(count)})`) }
  })
}
