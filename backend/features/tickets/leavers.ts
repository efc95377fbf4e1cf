import { PEOPLE_AT_WORK } from '../../../shared/roles.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketAssigned } from './events.ts'

type Owned = { ticketId: string; staffId: string; state: string; role: string }

/**
 * Tickets that came to life again on the desk of somebody who works here no more go to nobody. What was open went back when they left;
 * what was solved, closed or void kept their name.
 * @param ticketIds locked, and written as they stand from now on
 */
export async function takeFromLeavers(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  const owned = await ownersOf(tx, ticketIds)
  const left = owned.filter(({ state, role }) => state === 'deactivated' || !worksOnTickets(role))
  if (left.length === 0) return
  const ids = left.map(({ ticketId }) => ticketId)
  await tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    data: { assigneeId: null, version: { increment: 1 } },
  })
  const by = { kind: 'system', id: null } as const
  await record(
    tx,
    left.map(({ ticketId, staffId: before }) => ticketAssigned({ ticketId, assigneeId: null, before, by })),
  )
}

/** Whether people of this role have tickets. */
export const worksOnTickets = (role: string): boolean => (PEOPLE_AT_WORK as readonly string[]).includes(role)

/** Who has those that are worked on. Their rows are held: who leaves now hands these back as well. */
const ownersOf = (tx: Tx, ticketIds: readonly string[]): Promise<Owned[]> => tx.$queryRaw<Owned[]>`
  select t.id::text as "ticketId", s.id::text as "staffId", s.state, s.role from desk.ticket t
  join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
  where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ticketIds}::uuid[])
    and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null
  order by s.id for share of s`
