import { OPEN_STATUSES, type SavedViewInput } from '../../../../shared/queues.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { knownCategories, tidyTag } from '../../tickets/index.ts'
import type { Drive } from './rows.ts'

/** Finished tickets have no end, so a view of them reaches back so far; a search reaches all of them. */
const FINISHED_DAYS = 7
const DAY_MINUTES = 24 * 60

type Filter = SavedViewInput['filter']
type Finished = Extract<Drive, 'solved' | 'closed'>

const isOpen = (status: string) => (OPEN_STATUSES as readonly string[]).includes(status)

/**
 * Which index a view is read by.
 * @throws DeskError invalid_request for a view that could hold nothing, or could not be read quickly, with what to do instead
 */
export function driveOf({ filter, orderBy }: Pick<SavedViewInput, 'filter' | 'orderBy'>): Drive {
  const finished = filter.statuses.filter((status) => !isOpen(status)) as Finished[]
  const [drive] = finished
  if (drive === undefined) return driveOfWork(filter)
  if (finished.length > 1)
    throw refused('Choose solved or closed, not both: each has an order of its own. Make two views.')
  if (filter.statuses.some(isOpen)) throw refused(`Open and ${drive} tickets cannot be in one view: make one for each.`)
  refuseOpenQuestions(filter, orderBy, drive)
  return drive
}

function driveOfWork(filter: Filter): Drive {
  const { statuses, waitMinutes, createdDays } = filter
  if (waitMinutes !== null && statuses.length > 0 && statuses.every((status) => status === 'pending'))
    throw refused(
      'While a ticket is pending its customer does not wait for us. Leave out the waiting time, or choose another status.',
    )
  if (waitMinutes !== null && createdDays !== null && waitMinutes > createdDays * DAY_MINUTES)
    throw refused(
      'Nobody can wait longer than their ticket exists. Make the waiting time shorter, or leave out when it was created.',
    )
  if (filter.tags.length > 0) return 'tag'
  return filter.assignee === 'reader' || filter.assignee === 'person' ? 'assignee' : 'open'
}

function refuseOpenQuestions(filter: Filter, orderBy: SavedViewInput['orderBy'], drive: Finished): void {
  if (filter.dueMinutes !== null || filter.waitMinutes !== null)
    throw refused(`On a ${drive} ticket nothing is due and nobody waits. Leave both out, or choose open statuses.`)
  if (orderBy === 'due' || orderBy === 'waiting' || orderBy === 'priority')
    throw refused(
      `A view of ${drive} tickets is ordered by their newest message or by when they were created. Choose one of these.`,
    )
  if (filter.tags.length > 0)
    throw refused(
      `Tags are listed for open tickets only. For ${drive} ones use the search: ${filter.tags.map((tag) => `tag:${tag}`).join(' ')}`,
    )
  if (filter.activeDays === null || filter.activeDays > FINISHED_DAYS)
    throw refused(
      `A view of ${drive} tickets reaches back ${FINISHED_DAYS} days at most: say «newest message within ${FINISHED_DAYS} days». Use the search for older ones.`,
    )
}

const refused = (message: string) => new DeskError('invalid_request', message)

/** People, mailboxes and categories that a view names must be there; nothing is named twice. */
export async function checkedNames(tx: Tx, filter: Filter): Promise<Filter> {
  const { assignee, assigneeId, mailboxId } = filter
  if ((assignee === 'person') !== (assigneeId !== null))
    throw refused('Say whose tickets you want to see: choose a person, or somebody else than «a person».')
  const where = (id: string) => ({ workspaceId_id: { workspaceId: tx.workspaceId, id } })
  if (assigneeId !== null) {
    const staff = await tx.staff.findUnique({ where: where(assigneeId), select: { state: true } })
    if (!staff || staff.state === 'deactivated')
      throw refused('This person is not on the staff any more, so the view would stay empty. Choose somebody else.')
  }
  if (mailboxId !== null && !(await tx.mailbox.findUnique({ where: where(mailboxId), select: { id: true } })))
    throw refused('There is no such mailbox. Choose one of yours.')
  return {
    ...filter,
    statuses: [...new Set(filter.statuses)],
    priorities: [...new Set(filter.priorities)],
    channels: [...new Set(filter.channels)],
    categories: await knownCategories(tx, filter.categories),
    tags: [...new Set(filter.tags.map(tidyTag))],
  }
}
