import { LIMITS } from '../../../shared/limits.ts'
import type { TicketPriority } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { knownCategory } from './categories/categories.ts'
import { ticketCategorised, ticketPrioritised, ticketTagged } from './events.ts'
import { changeTicket, lockTicket } from './locking.ts'

type Priority = { priority: TicketPriority; version?: number }

export const prioritise = (ctx: Ctx, ticketId: string, wish: Priority, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => prioritiseIn(tx, ticketId, wish, by))

export async function prioritiseIn(tx: Tx, ticketId: string, { priority, version }: Priority, by: Actor) {
  const ticket = await lockTicket(tx, ticketId, version)
  if (ticket.priority === priority) return
  await changeTicket(tx, ticketId, { priority })
  await record(tx, [ticketPrioritised({ ticketId, priority, before: ticket.priority, by })])
}

type Category = { category: string | null; version?: number }

export const categorise = (ctx: Ctx, ticketId: string, wish: Category, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => categoriseIn(tx, ticketId, wish, by))

export async function categoriseIn(tx: Tx, ticketId: string, wish: Category, by: Actor): Promise<void> {
  const ticket = await lockTicket(tx, ticketId, wish.version)
  const category = wish.category && (await knownCategory(tx, wish.category, ticket.category))
  if (ticket.category === category) return
  await changeTicket(tx, ticketId, { category })
  await record(tx, [ticketCategorised({ ticketId, cleared: category === null, by })])
}

type TagChange = { add: string[]; remove: string[] }

export const tag = (ctx: Ctx, ticketId: string, change: TagChange, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => tagIn(tx, ticketId, change, by))

/** Adds and removes; what others tagged meanwhile stays. */
export async function tagIn(tx: Tx, ticketId: string, change: TagChange, by: Actor): Promise<void> {
  const ticket = await lockTicket(tx, ticketId)
  const before = new Set(ticket.tags)
  const removed = change.remove.map(tidyTag).filter((name) => before.has(name))
  const added = [...new Set(change.add.map(tidyTag))].filter((name) => name !== '' && !before.has(name))
  if (added.length + removed.length === 0) return
  const tags = [...ticket.tags.filter((name) => !removed.includes(name)), ...added]
  if (tags.length > LIMITS.tags)
    throw new DeskError('invalid_request', `A ticket carries at most ${LIMITS.tags} tags. Remove one first.`)
  await changeTicket(tx, ticketId, { tags })
  await record(tx, [ticketTagged({ ticketId, added: added.length, removed: removed.length, by })])
}

/** A tag as it is stored: what the filter of a view or a bulk act must compare with. */
export const tidyTag = (name: string) => maskCodes(name).trim().toLowerCase().replace(/\s+/g, '-')
