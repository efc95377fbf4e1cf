import { LIMITS } from '../../../shared/limits.ts'
import type { TicketPriority } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { ticketCategorised, ticketPrioritised, ticketTagged } from './events.ts'
import { changeTicket, lockTicket } from './locking.ts'

export const prioritise = (
  ctx: Ctx,
  ticketId: string,
  { priority, version }: { priority: TicketPriority; version: number },
  by: Actor,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId, version)
    if (ticket.priority === priority) return
    await changeTicket(tx, ticketId, { priority })
    await record(tx, [ticketPrioritised({ ticketId, priority, before: ticket.priority, by })])
  })

export const categorise = (
  ctx: Ctx,
  ticketId: string,
  wish: { category: string | null; version: number },
  by: Actor,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { version } = wish
    const category = wish.category && maskCodes(wish.category)
    const ticket = await lockTicket(tx, ticketId, version)
    if (ticket.category === category) return
    await changeTicket(tx, ticketId, { category })
    await record(tx, [ticketCategorised({ ticketId, cleared: category === null, by })])
  })

/** Adds and removes; what others tagged meanwhile stays. */
export const tag = (
  ctx: Ctx,
  ticketId: string,
  change: { add: string[]; remove: string[] },
  by: Actor,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    const before = new Set(ticket.tags)
    const removed = change.remove.map(tidy).filter((name) => before.has(name))
    const added = [...new Set(change.add.map(tidy))].filter((name) => name !== '' && !before.has(name))
    if (added.length + removed.length === 0) return
    const tags = [...ticket.tags.filter((name) => !removed.includes(name)), ...added]
    if (tags.length > LIMITS.tags)
      throw new DeskError('invalid_request', `A ticket carries at most ${LIMITS.tags} tags. Remove one first.`)
    await changeTicket(tx, ticketId, { tags })
    await record(tx, [ticketTagged({ ticketId, added: added.length, removed: removed.length, by })])
  })

const tidy = (name: string) => maskCodes(name).trim().toLowerCase().replace(/\s+/g, '-')
