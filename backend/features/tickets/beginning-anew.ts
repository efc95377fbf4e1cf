import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketBegun, ticketMoved } from './events.ts'
import { takeFromLeavers } from './leavers.ts'
import { lockTickets, NEVER_SOLVED } from './locking.ts'

/**
 * Makes closed tickets of history new ones to work on: the customer waits from now, and every clock begins. What is not closed any more
 * is left as it is.
 * @returns those that began
 */
export async function beginAnew(
  tx: Tx,
  ticketIds: readonly string[],
  by: Pick<Actor, 'kind' | 'id'>,
): Promise<string[]> {
  const locked = await lockTickets(tx, ticketIds)
  const ids = locked.flatMap(({ id, status, voidReason }) => (status === 'closed' && voidReason === null ? [id] : []))
  if (ids.length === 0) return []
  await tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    data: { status: 'new', queueAt: tx.now, solvedAt: NEVER_SOLVED, version: { increment: 1 } },
  })
  await record(
    tx,
    ids.flatMap((ticketId) => [
      ticketBegun({ ticketId, by }),
      ticketMoved({ ticketId, from: 'closed', to: 'new', by }),
    ]),
  )
  await takeFromLeavers(tx, ids)
  return ids
}
