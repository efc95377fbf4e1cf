import type { VoidReason } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketUnvoided, ticketVoided } from './events.ts'
import { takeFromLeavers } from './leavers.ts'
import { changeTicket, type LockedTicket, lockTicket, NOBODY_WAITS } from './locking.ts'
import { lastWordOn } from './merging/moving-messages.ts'
import { type Standing, standingBy } from './merging/standing.ts'

type Voiding = { reason: VoidReason; version?: number }

export const makeVoid = (ctx: Ctx, ticketId: string, wish: Voiding, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => makeVoidIn(tx, ticketId, wish, by))

/** Takes a ticket out of lists and figures; its mail stays, and later mail of it joins it. */
export async function makeVoidIn(tx: Tx, ticketId: string, { reason, version }: Voiding, by: Actor): Promise<void> {
  const ticket = await lockTicket(tx, ticketId, version)
  if (ticket.voidReason === reason) return
  refuseMerged(ticket)
  await changeTicket(tx, ticketId, { voidReason: reason, queueAt: NOBODY_WAITS })
  await record(tx, [ticketVoided({ ticketId, reason, by })])
}

export const bringBack = (ctx: Ctx, ticketId: string, wish: { version?: number }, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => bringBackIn(tx, ticketId, wish, by))

/** Undoes voiding: the ticket stands as it stood, and whoever waited goes on waiting from the same moment. */
export async function bringBackIn(tx: Tx, ticketId: string, { version }: { version?: number }, by: Actor) {
  const ticket = await lockTicket(tx, ticketId, version)
  if (!ticket.voidReason) return
  refuseMerged(ticket)
  await changeTicket(tx, ticketId, { voidReason: null, ...(await standingOf(tx, ticket)) })
  await record(tx, [ticketUnvoided({ ticketId, reason: ticket.voidReason, by })])
  await takeFromLeavers(tx, [ticketId])
}

/** What waited for an answer to nobody stays so, unless the customer wrote to it meanwhile. */
async function standingOf(tx: Tx, ticket: LockedTicket): Promise<Standing> {
  const { status } = ticket
  const mails = await lastWordOn(tx, ticket.id)
  if (status === 'new' || status === 'open' || status === 'on_hold') return { status, queueAt: mails.since ?? tx.now }
  const wrote = mails.since !== null && (await hasMailSinceVoid(tx, ticket.id))
  return wrote ? standingBy(mails, { status: 'open', queueAt: tx.now }) : { status, queueAt: NOBODY_WAITS }
}

async function hasMailSinceVoid(tx: Tx, ticketId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ wrote: boolean }[]>`
    select exists (select from desk.message m where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = ${ticketId}::uuid
      and m.direction = 'in' and m.created_at > (
        select max(e.recorded_at) from desk.event e
        where e.workspace_id = ${tx.workspaceId}::uuid and e.ticket_id = ${ticketId}::uuid and e.type = 'ticket.voided')) as wrote`
  return row?.wrote ?? false
}

/** What merging made void goes on elsewhere. @throws DeskError move_not_allowed */
function refuseMerged({ mergedIntoId }: LockedTicket): void {
  if (mergedIntoId !== null)
    throw new DeskError('move_not_allowed', 'This ticket was merged into another one. Undo the merge instead.')
}
