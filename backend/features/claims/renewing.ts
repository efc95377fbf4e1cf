import type { Fact } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { minutesSql } from './settings.ts'

/** Whoever is on a ticket and does something there stays on it; whoever is not, does not come onto it by that. */
export async function renew(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const acts = facts.filter(({ by, ticketId, historical }) => by.kind === 'staff' && ticketId !== null && !historical)
  if (acts.length === 0) return
  await tx.$executeRaw`
    update desk.ticket_claim c set touched_at = ${tx.now}, until = greatest(c.until, ${tx.now}::timestamptz + make_interval(mins => ${minutesSql(tx.workspaceId)}))
    from unnest(${acts.map(({ ticketId }) => ticketId)}::uuid[], ${acts.map(({ by }) => by.id)}::uuid[]) as act (ticket_id, staff_id)
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = act.ticket_id and c.staff_id = act.staff_id
      and c.ended_at is null and c.until > ${tx.now}`
}
