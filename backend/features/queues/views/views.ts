import type { QueueName } from '../../../../shared/queues.ts'
import { OPEN_STATUSES } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import { mentionsOf } from '../../tickets/index.ts'
import { savedHeld } from '../saved/filtering.ts'
import type { SavedRow } from '../saved/rows.ts'
import { dueNextSql } from '../settings.ts'
import type { Held, Scene } from './held.ts'
import { dueFirst, lastSolved, longestWait, newestMessage, newestThanks, soonestBack } from './orders.ts'
import { AWAKE, OPEN } from './work.ts'

/** One view of the desk, and which one of its kind. */
export type Wanted = { view: QueueName; of: string | null; saved?: SavedRow | null }

const simple: Record<Exclude<QueueName, 'status' | 'category' | 'tag' | 'saved'>, (scene: Scene) => Held> = {
  mine: ({ me }) => ({ where: Prisma.sql`${OPEN} and ${AWAKE} and t.assignee_id = ${me}::uuid`, order: dueFirst() }),
  unassigned: () => ({
    where: Prisma.sql`${OPEN} and ${AWAKE} and t.assignee_id is null`,
    order: dueFirst(Prisma.sql`t.assignee_id`),
  }),
  breaching: ({ now, workspaceId }) => ({
    where: Prisma.sql`${OPEN} and ${AWAKE} and t.due_at < (select ${now}::timestamptz + make_interval(mins => ${dueNextSql(workspaceId)}))`,
    order: dueFirst(),
  }),
  unanswered: () => ({
    where: Prisma.sql`${OPEN} and ${AWAKE} and t.first_response_at is null and t.queue_at < '9999-12-31'::timestamptz`,
    order: longestWait,
  }),
  open: () => ({ where: Prisma.sql`${OPEN} and ${AWAKE}`, order: dueFirst() }),
  snoozed: () => ({ where: Prisma.sql`${OPEN} and t.snoozed_until is not null`, order: soonestBack }),
  mentions: ({ workspaceId, me }) => ({
    where: Prisma.sql`t.void_reason is null and t.id in (${mentionsOf(workspaceId, me)})`,
    order: newestMessage,
  }),
  spam: () => ({ where: Prisma.sql`t.void_reason = 'spam'`, order: newestMessage }),
  thanks: () => ({ where: Prisma.sql`t.thanks_at is not null and t.void_reason is null`, order: newestThanks }),
  solved: () => ({ where: Prisma.sql`t.status = 'solved' and t.void_reason is null`, order: lastSolved }),
  closed: () => ({ where: Prisma.sql`t.status = 'closed' and t.void_reason is null`, order: newestMessage }),
  void: () => ({ where: Prisma.sql`t.void_reason is not null`, order: newestMessage }),
}

/** @throws DeskError invalid_request when a view needs to be told which one and is not, not_found for a saved view that is gone */
export function heldBy(wanted: Wanted, scene: Scene): Held {
  const { view, of, saved } = wanted
  if (view === 'saved') {
    if (!saved) throw new DeskError('not_found', 'This view was deleted. Choose another one.')
    return savedHeld(saved, scene)
  }
  if (view !== 'status' && view !== 'category' && view !== 'tag') return simple[view](scene)
  if (of === null) throw new DeskError('invalid_request', `Say which ${view} you want to see.`)
  if (view === 'status') return statusHeld(of)
  if (view === 'tag') return { where: Prisma.sql`true`, order: dueFirst(), tag: of }
  return { where: Prisma.sql`${OPEN} and ${AWAKE} and t.category = ${of}`, order: dueFirst() }
}

function statusHeld(status: string): Held {
  if (status === 'solved' || status === 'closed') return simple[status]({ workspaceId: '', me: null, now: new Date(0) })
  if (!(OPEN_STATUSES as readonly string[]).includes(status))
    throw new DeskError('invalid_request', `There is no status «${status}».`)
  return { where: Prisma.sql`${OPEN} and ${AWAKE} and t.status = ${status}`, order: dueFirst() }
}
