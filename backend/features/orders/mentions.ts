import type { Tx } from '../../platform/tenancy.ts'

/**
 * Joins orders to the tickets whose mails named their numbers before they were known here. A mail names no order that is placed
 * later: another shop comes to the same number some day. What a person took back stays taken back.
 * @param orderIds orders whose look-up keys are written
 */
export async function joinMentions(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    insert into desk.ticket_order (workspace_id, ticket_id, order_id, via, at)
    select distinct ${tx.workspaceId}::uuid, m.ticket_id, k.order_id, 'named', ${tx.now}::timestamptz
    from desk.order_key k
    join desk.order_mention m on m.workspace_id = k.workspace_id and m.key = k.key and k.placed_at <= m.at + interval '1 hour'
    where k.workspace_id = ${tx.workspaceId}::uuid and k.order_id = any(${orderIds}::uuid[]) and k.kind = 'number'
    on conflict (workspace_id, ticket_id, order_id) do nothing`
}
