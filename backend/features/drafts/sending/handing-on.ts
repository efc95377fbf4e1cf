import type { Tx } from '../../../platform/tenancy.ts'

type Hands = { ticketIds: readonly string[]; fromId: string; toId: string }

/** What somebody chose for their answer counts for the answer of whoever goes on, unless they chose themselves. */
export async function handIntentsOn(tx: Tx, { ticketIds, fromId, toId }: Hands): Promise<void> {
  await tx.$executeRaw`
    with gone as (
      delete from desk.send_intent where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${ticketIds}::uuid[])
        and staff_id = ${fromId}::uuid returning ticket_id, kind, until, made_at)
    insert into desk.send_intent (workspace_id, ticket_id, staff_id, kind, until, made_at)
    select ${tx.workspaceId}::uuid, ticket_id, ${toId}::uuid, kind, until, made_at from gone
    on conflict (workspace_id, ticket_id, staff_id) do nothing`
}
