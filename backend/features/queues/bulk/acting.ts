import { z } from 'zod'
import type { BulkWish } from '../../../../shared/bulk-acts.ts'
import { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import {
  assignIn,
  changeTicket,
  type LockedTicket,
  lockTicket,
  moveIn,
  prioritiseIn,
  tagIn,
  ticketMoved,
} from '../../tickets/index.ts'

/** A ticket as far as an act on it can be taken back. */
export const State = z.object({
  assigneeId: z.uuid().nullable(),
  status: TicketStatus,
  priority: TicketPriority,
  tags: z.array(z.string()),
  queueAt: z.iso.datetime(),
  lastMessageAt: z.iso.datetime(),
})
export type State = z.infer<typeof State>

const stateOf = ({ assigneeId, status, priority, tags, queueAt, lastMessageAt }: LockedTicket): State => ({
  assigneeId,
  status,
  priority,
  tags,
  queueAt: queueAt.toISOString(),
  lastMessageAt: lastMessageAt.toISOString(),
})

const isSame = (wish: BulkWish, before: State, after: State): boolean =>
  wish.kind === 'assign'
    ? before.assigneeId === after.assigneeId
    : wish.kind === 'status'
      ? before.status === after.status
      : wish.kind === 'priority'
        ? before.priority === after.priority
        : before.tags.join() === after.tags.join()

/**
 * Does to one ticket what its own card would do.
 * @returns how it was and how it is; null when it was so already
 * @throws DeskError what its card would be refused with, before anything is written
 */
export async function actOn(
  tx: Tx,
  ticketId: string,
  wish: BulkWish,
  by: Actor,
): Promise<{ before: State; after: State } | null> {
  const before = stateOf(await lockTicket(tx, ticketId))
  if (wish.kind === 'assign') await assignIn(tx, ticketId, { assigneeId: wish.assigneeId }, by)
  else if (wish.kind === 'status') await moveIn(tx, ticketId, { status: wish.status }, by)
  else if (wish.kind === 'priority') await prioritiseIn(tx, ticketId, { priority: wish.priority }, by)
  else await tagIn(tx, ticketId, { add: wish.add, remove: wish.remove }, by)
  const after = stateOf(await lockTicket(tx, ticketId))
  return isSame(wish, before, after) ? null : { before, after }
}

type Change = { ticketId: string; wish: BulkWish; before: State; after: State }

/**
 * Puts one ticket back as it was before an act.
 * @returns why it was left as it is; null when it is back
 * @throws DeskError when it cannot be as it was any more
 */
export async function takeBack(tx: Tx, { ticketId, wish, before, after }: Change, by: Actor): Promise<string | null> {
  const ticket = await lockTicket(tx, ticketId)
  const now = stateOf(ticket)
  if (ticket.voidReason) return 'It was taken out of the lists since.'
  if (wish.kind === 'tag') return takeBackTags(tx, { ticketId, before, after }, by)
  if (!isSame(wish, now, after)) return CHANGED[wish.kind]
  if (wish.kind === 'assign') await assignIn(tx, ticketId, { assigneeId: before.assigneeId }, by)
  else if (wish.kind === 'priority') await prioritiseIn(tx, ticketId, { priority: before.priority }, by)
  else if (now.lastMessageAt !== after.lastMessageAt) return 'Somebody wrote in it since.'
  else {
    await changeTicket(tx, ticketId, { status: before.status, queueAt: new Date(before.queueAt) })
    await record(tx, [ticketMoved({ ticketId, from: now.status, to: before.status, by })])
  }
  return null
}

const CHANGED = {
  assign: 'Somebody gave it to another person since.',
  status: 'Somebody moved it since.',
  priority: 'Somebody changed its priority since.',
}

/** Tags of others stay: only what the act itself added or removed is turned round. */
async function takeBackTags(tx: Tx, { ticketId, before, after }: Omit<Change, 'wish'>, by: Actor): Promise<null> {
  const add = before.tags.filter((tag) => !after.tags.includes(tag))
  const remove = after.tags.filter((tag) => !before.tags.includes(tag))
  await tagIn(tx, ticketId, { add, remove }, by)
  return null
}
