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
import { type Asked, askedOf, matchesSql } from './asked.ts'
import { kindsSql } from './kinds.ts'
import type { SavedRow } from './rows.ts'

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
  const asked = askedOf(view, scene)
  const matches = matchesSql(asked)
  const order = ORDERS[view.orderBy]
  if (view.drive === 'tag')
    return taggedHeld(scene, view.tags[0] ?? '', Prisma.sql`t.tags @> ${view.tags}::text[] and ${matches}`, order)
  const held = { where: Prisma.sql`${drivenBy(view, asked)} and ${matches}`, order }
  return view.drive === 'open' && view.dueMinutes === null ? { ...held, kinds: kindsSql(scene, asked) } : held
}

function drivenBy({ drive }: SavedRow, asked: Asked): Prisma.Sql {
  if (drive === 'assignee') return Prisma.sql`${OPEN} and ${AWAKE} and t.assignee_id = ${asked.owner_id}`
  if (drive === 'open' || drive === 'tag') return Prisma.sql`${OPEN} and ${AWAKE}`
  return finished(drive)
}

/** Solved or closed tickets, as their index says; they are read back to a day, never to their beginning. */
export const finished = (drive: 'solved' | 'closed'): Prisma.Sql =>
  drive === 'solved'
    ? Prisma.sql`t.status = 'solved' and t.void_reason is null`
    : Prisma.sql`t.status = 'closed' and t.void_reason is null`
