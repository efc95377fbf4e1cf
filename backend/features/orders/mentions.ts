import type { Tx } from '../../platform/tenancy.ts'

/** A look-up key of an order's number. */
export type NumberOf = { orderId: string; key: string; placedAt: Date }

/**
 * Joins orders to the tickets whose mails named their numbers before they were known here. A mail names no order that is placed
 * later: another shop comes to the same number some day. What a person took back stays taken back.
 */
export async function joinMentions(tx: Tx, numbers: readonly NumberOf[]): Promise<void> {
  const rows = numbers.map(({ orderId, key, placedAt }) => ({ order_id: orderId, key, placed_at: placedAt }))
  await tx.$executeRaw`
    insert into desk.ticket_order (workspace_id, ticket_id, order_id, via, at)
    select distinct ${tx.workspaceId}::uuid, m.ticket_id, given.order_id, 'named', ${tx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (order_id uuid, key text, placed_at timestamptz)
    join desk.order_mention m on m.workspace_id = ${tx.workspaceId}::uuid and m.key = given.key and given.placed_at <= m.at + interval '1 hour'
    on conflict (workspace_id, ticket_id, order_id) do nothing`
}
