import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { TicketPriority } from '../../../../shared/tickets.ts'
import { systemOf } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { assignIn, prioritiseIn } from '../../tickets/index.ts'
import type { Found } from './announcing.ts'

const RAISED: Record<TicketPriority, TicketPriority> = {
  low: 'normal',
  normal: 'high',
  high: 'urgent',
  urgent: 'urgent',
}

/**
 * Does what the policies say for tickets that have just become late, by the ordinary acts: one step up in priority, and to another
 * owner. A person who has left or does not work on tickets gets none; the ticket stays where it is.
 */
export async function escalateLate(tx: Tx, found: readonly Found[]): Promise<void> {
  const late = found.filter(({ due }) => due.some(({ what }) => what === 'breach'))
  const named = late.flatMap(({ policy }) =>
    policy.onBreach.reassignTo === 'nobody' ? [] : (policy.onBreach.reassignTo ?? []),
  )
  const atWork = await peopleAtWork(tx, named)
  const by = systemOf(tx.workspaceId)
  for (const { ticket, policy } of late) {
    const { raisePriority, reassignTo } = policy.onBreach
    if (raisePriority) await prioritiseIn(tx, ticket.id, { priority: RAISED[ticket.priority] }, by)
    if (reassignTo === 'nobody') await assignIn(tx, ticket.id, { assigneeId: null }, by)
    else if (reassignTo !== null && atWork.has(reassignTo))
      await assignIn(tx, ticket.id, { assigneeId: reassignTo }, by)
  }
}

async function peopleAtWork(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.staff.findMany({
    where: {
      workspaceId: tx.workspaceId,
      id: { in: [...ids] },
      state: { not: 'deactivated' },
      role: { in: [...PEOPLE_AT_WORK] },
    },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}
