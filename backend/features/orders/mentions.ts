import type { Tx } from '../../platform/tenancy.ts'

/**
 * Joins orders to the tickets whose mails named their numbers before they were known here. What a person took back stays taken back.
 * @param orderIds orders whose look-up keys are written
 */
export async function joinMentions(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    with named as (
      select distinct m.ticket_id, m.key, k.order_id from desk.order_key k
      join desk.order_mention m on m.workspace_id = k.workspace_id and m.key = k.key
      where k.workspace_id = ${tx.workspaceId}::uuid and k.order_id = any(${orderIds}::uuid[]) and k.kind = 'number'),
    joined as (
      insert into desk.ticket_order (workspace_id, ticket_id, order_id, via, at)
      select distinct ${tx.workspaceId}::uuid, ticket_id, order_id, 'named', ${tx.now}::timestamptz from named
      on conflict (workspace_id, ticket_id, order_id) do nothing)
    delete from desk.order_mention m using named
    where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = named.ticket_id and m.key = named.key`
}
