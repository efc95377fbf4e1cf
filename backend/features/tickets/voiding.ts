import type { VoidReason } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { ticketUnvoided, ticketVoided } from './events.ts'
import { changeTicket, lockTicket, NOBODY_WAITS } from './locking.ts'

/** Takes a ticket out of lists and figures; its mail stays, and later mail of it joins it. */
export const makeVoid = (
  ctx: Ctx,
  ticketId: string,
  { reason, version }: { reason: VoidReason; version: number },
  by: Actor,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId, version)
    if (ticket.voidReason === reason) return
    await changeTicket(tx, ticketId, { voidReason: reason, queueAt: NOBODY_WAITS })
    await record(tx, [ticketVoided({ ticketId, reason, by })])
  })

export const bringBack = (ctx: Ctx, ticketId: string, { version }: { version: number }, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId, version)
    if (!ticket.voidReason) return
    await changeTicket(tx, ticketId, { voidReason: null, status: 'open', queueAt: tx.now })
    await record(tx, [ticketUnvoided({ ticketId, reason: ticket.voidReason, by })])
  })
