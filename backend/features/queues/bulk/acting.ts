import { z } from 'zod'
import type { BulkWish } from '../../../../shared/bulk-acts.ts'
import { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import {
  assignIn,
  categoriseIn,
  changeTicket,
  type LockedTicket,
  lockTicket,
  mergeIn,
  moveIn,
  prioritiseIn,
  tagIn,
  takeFromLeavers,
  ticketCategorised,
  ticketMoved,
  unmergeIn,
} from '../../tickets/index.ts'
import { snoozeIn } from '../snooze/snoozing.ts'

/** A ticket as far as an act on it can be taken back. */
export const State = z.object({
  assigneeId: z.uuid().nullable(),
  status: TicketStatus,
  priority: TicketPriority,
  tags: z.array(z.string()),
  category: z.string().nullable().default(null),
  merged: z.boolean(),
  queueAt: z.iso.datetime(),
  lastMessageAt: z.iso.datetime(),
  solvedAt: z.iso.datetime().optional(),
  /** A snooze that the act may have ended. */
  snoozedUntil: z.iso.datetime().nullable().default(null),
})
export type State = z.infer<typeof State>

const stateOf = ({ assigneeId, status, priority, tags, category, voidReason, ...at }: LockedTicket): State => ({
  assigneeId,
  status,
  priority,
  tags,
  category,
  merged: voidReason === 'merged',
  queueAt: at.queueAt.toISOString(),
  lastMessageAt: at.lastMessageAt.toISOString(),
  solvedAt: at.solvedAt.toISOString(),
  snoozedUntil: null,
})

/** What an act is about, so that two states can be compared by it. */
const ABOUT: Record<BulkWish['kind'], (state: State) => unknown> = {
  assign: ({ assigneeId }) => assigneeId,
  status: ({ status }) => status,
  priority: ({ priority }) => priority,
  tag: ({ tags }) => tags.join(),
  category: ({ category }) => category,
  merge: ({ merged }) => merged,
}

const isSame = ({ kind }: BulkWish, before: State, after: State): boolean => ABOUT[kind](before) === ABOUT[kind](after)

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
  const locked = stateOf(await lockTicket(tx, ticketId))
  const before = { ...locked, snoozedUntil: wish.kind === 'status' ? await snoozeOf(tx, ticketId) : null }
  if (wish.kind === 'category' && wish.was !== undefined && wish.was !== before.category)
    throw new DeskError('move_not_allowed', 'Somebody gave it another category meanwhile.')
  await press(tx, ticketId, wish, by)
  const after = stateOf(await lockTicket(tx, ticketId))
  return isSame(wish, before, after) ? null : { before, after }
}

function press(tx: Tx, ticketId: string, wish: BulkWish, by: Actor): Promise<void> {
  if (wish.kind === 'assign') return assignIn(tx, ticketId, { assigneeId: wish.assigneeId }, by)
  if (wish.kind === 'status') return moveIn(tx, ticketId, { status: wish.status }, by)
  if (wish.kind === 'priority') return prioritiseIn(tx, ticketId, { priority: wish.priority }, by)
  if (wish.kind === 'category') return categoriseIn(tx, ticketId, { category: wish.category }, by)
  if (wish.kind === 'tag') return tagIn(tx, ticketId, { add: wish.add, remove: wish.remove }, by)
  const { survivorId, acrossCustomers } = wish
  if (survivorId === ticketId) return Promise.resolve()
  return mergeIn(tx, survivorId, { ticketIds: [ticketId], acrossCustomers }, by)
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
  if (wish.kind === 'merge') return takeOut(tx, ticket, wish.survivorId, by)
  if (ticket.voidReason) return 'It was taken out of the lists since.'
  if (wish.kind === 'tag') return takeBackTags(tx, { ticketId, before, after }, by)
  if (!isSame(wish, now, after)) return CHANGED[wish.kind]
  if (wish.kind === 'assign') await assignIn(tx, ticketId, { assigneeId: before.assigneeId }, by)
  else if (wish.kind === 'priority') await prioritiseIn(tx, ticketId, { priority: before.priority }, by)
  else if (wish.kind === 'category') await categoryAgain(tx, ticketId, before.category, by)
  else if (now.lastMessageAt !== after.lastMessageAt) return 'Somebody wrote in it since.'
  else {
    const { status, queueAt, solvedAt } = before
    const solved = solvedAt === undefined ? {} : { solvedAt: new Date(solvedAt) }
    await changeTicket(tx, ticketId, { status, queueAt: new Date(queueAt), ...solved })
    await record(tx, [ticketMoved({ ticketId, from: now.status, to: status, by })])
    await snoozeAgain(tx, ticketId, before, by)
    await takeFromLeavers(tx, [ticketId])
  }
  return null
}

/** Also one that is retired by now, or was never in the list: it is as it was. */
async function categoryAgain(tx: Tx, ticketId: string, category: string | null, by: Actor): Promise<void> {
  await changeTicket(tx, ticketId, { category })
  await record(tx, [ticketCategorised({ ticketId, cleared: category === null, by })])
}

async function snoozeOf(tx: Tx, id: string): Promise<string | null> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.ticket.findUnique({ where, select: { snoozedUntil: true } }))?.snoozedUntil?.toISOString() ?? null
}

/** Finishing a ticket ended its snooze, which goes on unless its time has come meanwhile. */
async function snoozeAgain(tx: Tx, ticketId: string, { snoozedUntil }: State, by: Actor): Promise<void> {
  const isOver = snoozedUntil === null || new Date(snoozedUntil) <= tx.now
  if (!isOver && (await snoozeOf(tx, ticketId)) === null) await snoozeIn(tx, ticketId, new Date(snoozedUntil), by)
}

const CHANGED = {
  assign: 'Somebody gave it to another person since.',
  status: 'Somebody moved it since.',
  priority: 'Somebody changed its priority since.',
  category: 'Somebody gave it another category since.',
}

/** A merge that somebody took back since is as it was. */
async function takeOut(
  tx: Tx,
  { id, voidReason }: LockedTicket,
  survivorId: string,
  by: Actor,
): Promise<string | null> {
  if (voidReason !== 'merged') return 'Somebody took it out of the other ticket since.'
  await unmergeIn(tx, { mergedId: id, survivorId }, by)
  return (await lockTicket(tx, id)).voidReason === null ? null : 'It was merged into another ticket since.'
}

/** Tags of others stay: only what the act itself added or removed is turned round. */
async function takeBackTags(tx: Tx, { ticketId, before, after }: Omit<Change, 'wish'>, by: Actor): Promise<null> {
  const add = before.tags.filter((tag) => !after.tags.includes(tag))
  const remove = after.tags.filter((tag) => !before.tags.includes(tag))
  await tagIn(tx, ticketId, { add, remove }, by)
  return null
}
