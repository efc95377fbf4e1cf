import type { SavedViewInput } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { type Held, type Scene, taggedHeld } from '../views/held.ts'
import {
  dueFirst,
  longestWait,
  newestFirst,
  newestMessage,
  type Order,
  oldestFirst,
  urgentFirst,
} from '../views/orders.ts'
import { AWAKE, OPEN } from '../views/work.ts'
import type { SavedRow } from './rows.ts'

/** A column of the saved view, or its value: a page knows its view, the counts join all of them. */
type Asked = Record<
  | 'statuses'
  | 'priorities'
  | 'categories'
  | 'channels'
  | 'assignee'
  | 'assigneeId'
  | 'mailboxId'
  | 'dueMinutes'
  | 'waitMinutes'
  | 'createdDays'
  | 'activeDays',
  Prisma.Sql
>

/** The columns of the saved view `v`. */
export const ASKED_OF_ROW: Asked = {
  statuses: Prisma.sql`v.statuses`,
  priorities: Prisma.sql`v.priorities`,
  categories: Prisma.sql`v.categories`,
  channels: Prisma.sql`v.channels`,
  assignee: Prisma.sql`v.assignee`,
  assigneeId: Prisma.sql`v.assignee_id`,
  mailboxId: Prisma.sql`v.mailbox_id`,
  dueMinutes: Prisma.sql`v.due_minutes`,
  waitMinutes: Prisma.sql`v.wait_minutes`,
  createdDays: Prisma.sql`v.created_days`,
  activeDays: Prisma.sql`v.active_days`,
}

const askedOf = (view: SavedRow): Asked => ({
  statuses: Prisma.sql`${view.statuses}::text[]`,
  priorities: Prisma.sql`${view.priorities}::text[]`,
  categories: Prisma.sql`${view.categories}::text[]`,
  channels: Prisma.sql`${view.channels}::text[]`,
  assignee: Prisma.sql`${view.assignee}::text`,
  assigneeId: Prisma.sql`${view.assigneeId}::uuid`,
  mailboxId: Prisma.sql`${view.mailboxId}::uuid`,
  dueMinutes: Prisma.sql`${view.dueMinutes}::int`,
  waitMinutes: Prisma.sql`${view.waitMinutes}::int`,
  createdDays: Prisma.sql`${view.createdDays}::int`,
  activeDays: Prisma.sql`${view.activeDays}::int`,
})

const oneOf = (column: Prisma.Sql, list: Prisma.Sql) =>
  Prisma.sql`(cardinality(${list}) = 0 or ${column} = any(${list}))`

/** Whose tickets a view of one person's work holds. */
export const ownerSql = ({ assignee, assigneeId }: Asked, { me }: Scene): Prisma.Sql =>
  Prisma.sql`case ${assignee} when 'reader' then ${me}::uuid else ${assigneeId} end`

/** Whether the ticket `t` is what a saved view asks for, apart from what drives it. */
export const matchesSql = (asked: Asked, scene: Scene): Prisma.Sql => {
  const now = Prisma.sql`${scene.now}::timestamptz`
  const { dueMinutes, waitMinutes, createdDays, activeDays, mailboxId, assignee } = asked
  return Prisma.sql`
    ${oneOf(Prisma.sql`t.status`, asked.statuses)} and ${oneOf(Prisma.sql`t.priority`, asked.priorities)}
    and ${oneOf(Prisma.sql`t.category`, asked.categories)} and ${oneOf(Prisma.sql`t.channel`, asked.channels)}
    and (${assignee} = 'any' or (${assignee} = 'nobody' and t.assignee_id is null) or t.assignee_id = ${ownerSql(asked, scene)})
    and (${mailboxId} is null or t.mailbox_id = ${mailboxId})
    and (${dueMinutes} is null or t.due_at <= ${now} + make_interval(mins => ${dueMinutes}))
    and (${waitMinutes} is null or t.queue_at <= ${now} - make_interval(mins => ${waitMinutes}))
    and (${createdDays} is null or t.created_at >= ${now} - make_interval(days => ${createdDays}))
    and (${activeDays} is null or t.last_message_at >= ${now} - make_interval(days => ${activeDays}))`
}

const ORDERS: Record<SavedViewInput['orderBy'], Order> = {
  due: dueFirst(),
  waiting: longestWait,
  newest: newestFirst,
  oldest: oldestFirst,
  priority: urgentFirst,
  active: newestMessage,
}

/** What a saved view holds. Its text is the same for all views of one drive and order, so that few statements serve all of them. */
export function savedHeld(view: SavedRow, scene: Scene): Held {
  const asked = askedOf(view)
  const matches = matchesSql(asked, scene)
  const order = ORDERS[view.orderBy]
  if (view.drive === 'tag') return taggedHeld(scene, view.tag ?? '', matches, order)
  return { where: Prisma.sql`${drivenBy(view, asked, scene)} and ${matches}`, order }
}

function drivenBy({ drive }: SavedRow, asked: Asked, scene: Scene): Prisma.Sql {
  if (drive === 'assignee') return Prisma.sql`${OPEN} and ${AWAKE} and t.assignee_id = ${ownerSql(asked, scene)}`
  if (drive === 'open' || drive === 'tag') return Prisma.sql`${OPEN} and ${AWAKE}`
  return Prisma.sql`${finished(drive)} and ${sinceSql(asked, scene)}`
}

/** Solved or closed tickets, as their index says. */
export const finished = (drive: 'solved' | 'closed'): Prisma.Sql =>
  drive === 'solved'
    ? Prisma.sql`t.status = 'solved' and t.void_reason is null`
    : Prisma.sql`t.status = 'closed' and t.void_reason is null`

/** Finished work is read back to a day, never to its beginning. */
export const sinceSql = ({ activeDays }: Asked, { now }: Scene): Prisma.Sql =>
  Prisma.sql`t.last_message_at >= ${now}::timestamptz - make_interval(days => ${activeDays})`
