import type { Tx } from '../../platform/tenancy.ts'
import type { Given, Receiver } from './compensation.ts'

export type GivenRow = Given & Receiver & { orderId: string | null; currency: string }

/**
 * Writes what was given back, each by its source.
 * @param orderIds our orders whose earlier rows these replace
 */
export async function keepCompensation(
  tx: Tx,
  shopId: string,
  orderIds: readonly string[],
  given: readonly GivenRow[],
): Promise<void> {
  if (orderIds.length > 0)
    await tx.$executeRaw`
      delete from desk.compensation
      where workspace_id = ${tx.workspaceId}::uuid and order_id = any(${orderIds}::uuid[]) and kind <> 'gift_card'`
  if (given.length === 0) return
  const rows = given.map((row) => ({
    source: row.source,
    kind: row.kind,
    order_id: row.orderId,
    customer: row.customerShopifyId === null ? null : String(row.customerShopifyId),
    email_key: row.emailKey,
    minor: row.minor,
    cost_minor: row.costMinor,
    currency: row.currency,
    at: row.at,
  }))
  await tx.$executeRaw`
    insert into desk.compensation (workspace_id, shop_id, source, kind, order_id, customer_shopify_id, email_key, minor, cost_minor, currency, at)
    select ${tx.workspaceId}::uuid, ${shopId}::uuid, source, kind, order_id, customer, email_key, minor, cost_minor, currency, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (source text, kind text, order_id uuid, customer bigint, email_key text, minor bigint,
      cost_minor bigint, currency text, at timestamptz)
    on conflict (workspace_id, shop_id, source, kind) do update set
      order_id = excluded.order_id, customer_shopify_id = excluded.customer_shopify_id, email_key = excluded.email_key, minor = excluded.minor,
      cost_minor = excluded.cost_minor, currency = excluded.currency, at = excluded.at`
}
