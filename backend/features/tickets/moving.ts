import { ALLOWED_MOVES, type TicketStatus } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { type Fact, record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { refuseUnfilled } from '../fields/index.ts'
import { ticketMoved } from './events.ts'
import { takeFromLeavers } from './leavers.ts'
import { changeTicket, type LockedTicket, lockTicket, lockTickets, NOBODY_WAITS } from './locking.ts'

type Move = { status: TicketStatus; version?: number }

/** Whoever ends a ticket by hand has filled in what the workspace needs to know. */
const FINISHED: readonly TicketStatus[] = ['solved', 'closed']

export const move = (ctx: Ctx, ticketId: string, wish: Move, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => moveIn(tx, ticketId, wish, by))

/** Moves a ticket by hand. Pressing the same button twice changes nothing. */
export async function moveIn(tx: Tx, ticketId: string, { status, version }: Move, by: Actor): Promise<void> {
  const ticket = await lockTicket(tx, ticketId, version)
  if (ticket.status === status) return
  refuseForbiddenMove(ticket, status)
  if (FINISHED.includes(status) && !FINISHED.includes(ticket.status)) await refuseUnfilled(tx, ticket)
  await changeTicket(tx, ticketId, { status, queueAt: queueAtAfter(tx, ticket, status) })
  await record(tx, [ticketMoved({ ticketId, from: ticket.status, to: status, by })])
  if (ticket.status === 'solved' || ticket.status === 'closed') await takeFromLeavers(tx, [ticketId])
}

function refuseForbiddenMove(ticket: LockedTicket, status: TicketStatus): void {
  if (ticket.voidReason) throw new DeskError('move_not_allowed', 'This ticket is void. Bring it back first.')
  if (!ALLOWED_MOVES[ticket.status].includes(status))
    throw new DeskError(
      'move_not_allowed',
      `A ticket that is ${inWords(ticket.status)} cannot become ${inWords(status)}.`,
    )
}

const inWords = (status: TicketStatus) => status.replace('_', ' ')

/** A reopened ticket waits from now; one that is open or on hold keeps its place; any other waits for nobody. */
function queueAtAfter(tx: Tx, ticket: LockedTicket, status: TicketStatus): Date {
  if (status !== 'open' && status !== 'on_hold') return NOBODY_WAITS
  if (status === 'open' && ticket.queueAt.getTime() === NOBODY_WAITS.getTime()) return tx.now
  return ticket.queueAt
}

/** Closes what still stands so, all at once, because nobody has written for long. What moved meanwhile stays. */
export async function closeIn(
  tx: Tx,
  ticketIds: readonly string[],
  from: 'solved' | 'pending',
  by: Fact['by'],
): Promise<void> {
  const locked = await lockTickets(tx, ticketIds)
  const ids = locked.flatMap(({ id, status, voidReason }) => (status === from && voidReason === null ? [id] : []))
  if (ids.length === 0) return
  await tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    data: { status: 'closed', queueAt: NOBODY_WAITS, version: { increment: 1 } },
  })
  await record(
    tx,
    ids.map((ticketId) => ticketMoved({ ticketId, from, to: 'closed', by })),
  )
}
