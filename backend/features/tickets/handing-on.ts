import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketAssigned } from './events.ts'
import type { LockedTicket } from './locking.ts'

type Hands = { fromId: string; toId: string; handoverId: string }

/** Open tickets of one person, and of nobody, become another one's. What a third person has stays theirs. @param locked held by the caller */
export async function handTicketsOn(
  tx: Tx,
  locked: readonly LockedTicket[],
  { fromId, toId, handoverId }: Hands,
  by: Actor,
): Promise<void> {
  const theirs = locked.filter(({ assigneeId, ...ticket }) => isOpen(ticket) && (assigneeId ?? fromId) === fromId)
  if (theirs.length === 0) return
  await tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: theirs.map(({ id }) => id) } },
    data: { assigneeId: toId, version: { increment: 1 } },
  })
  await record(
    tx,
    theirs.map(({ id: ticketId, assigneeId: before }) =>
      ticketAssigned({ ticketId, assigneeId: toId, before, handoverId, by }),
    ),
  )
}

const isOpen = ({ status, voidReason }: Pick<LockedTicket, 'status' | 'voidReason'>): boolean =>
  voidReason === null && status !== 'solved' && status !== 'closed'
