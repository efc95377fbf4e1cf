import type { Fact } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { claimTaken } from './events.ts'

/**
 * A merge that is taken back gives each claim back to the ticket that it was taken on, or that this one had taken in before: the record
 * says which. What was taken on the survivor stays there, also by whoever merged.
 */
export async function moveBack(tx: Tx, facts: readonly Fact[]): Promise<void> {
  await tx.$executeRaw`
    with recursive home (id, survivor_id, part_id) as (
      select went.id, went.survivor_id, went.id
      from unnest(${facts.map(({ ticketId }) => ticketId)}::uuid[], ${facts.map(({ payload }) => payload['otherId'])}::uuid[]) as went (id, survivor_id)
      union
      select home.id, home.survivor_id, t.id from home
      join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.merged_into_id = home.part_id)
    update desk.ticket_claim c set ticket_id = home.id
    from home join desk.event e on e.workspace_id = ${tx.workspaceId}::uuid and e.ticket_id = home.part_id and e.type = ${claimTaken.type}
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = home.survivor_id and e.occurred_at = c.since
      and (e.payload ->> 'claimId')::uuid = c.id`
}
