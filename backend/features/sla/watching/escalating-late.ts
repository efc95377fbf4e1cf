import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { systemOf } from '../../../platform/actor.ts'
import { type Fact, record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { assignIn, prioritiseIn } from '../../tickets/index.ts'
import { RAISED } from '../escalations/raising.ts'
import { lateEscalated } from '../events.ts'
import type { Found } from './announcing.ts'

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
  const done: Fact[] = []
  for (const { ticket, policy } of late) {
    const { raisePriority, reassignTo } = policy.onBreach
    const raised = raisePriority && ticket.priority !== 'urgent'
    const given = reassignTo === 'nobody' || (reassignTo !== null && atWork.has(reassignTo))
    if (raised) await prioritiseIn(tx, ticket.id, { priority: RAISED[ticket.priority] }, by)
    if (given) await assignIn(tx, ticket.id, { assigneeId: reassignTo === 'nobody' ? null : reassignTo }, by)
    if (raised || given) done.push(lateEscalated({ ticketId: ticket.id, policyId: policy.id, raised, given, by }))
  }
  await record(tx, done)
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
