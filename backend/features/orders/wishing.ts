import type { Tx } from '../../platform/tenancy.ts'
import { enqueueFetch } from './queueing.ts'

export type Wanted = {
  shopifyId: bigint
  /** Shopify's updatedAt that we were told of; null when nobody told. */
  changedAt: Date | null
}

/** Asks for orders to be read from Shopify, and wakes the reader when something new is asked for. */
export async function wishFor(tx: Tx, shopId: string, wanted: readonly Wanted[]): Promise<void> {
  if (wanted.length === 0) return
  const rows = wanted.map(({ shopifyId, changedAt }) => ({ shopify_id: String(shopifyId), changed_at: changedAt }))
  const written = await tx.$queryRaw<{ fresh: boolean }[]>`
    insert into desk.order_wish as mine (workspace_id, shop_id, shopify_id, changed_at, due_at, created_at)
    select ${tx.workspaceId}::uuid, ${shopId}::uuid, shopify_id, max(changed_at), ${tx.now}, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (shopify_id bigint, changed_at timestamptz) group by shopify_id
    on conflict (workspace_id, shop_id, shopify_id) do update set changed_at = greatest(mine.changed_at, excluded.changed_at)
    returning xmax = 0 as fresh`
  if (written.some(({ fresh }) => fresh)) await enqueueFetch(tx, shopId)
}

/** Forgets wishes for states that we hold by now. */
export async function dropSatisfied(tx: Tx, shopId: string, shopifyIds: readonly bigint[]): Promise<void> {
  await tx.$executeRaw`
    delete from desk.order_wish w using desk.shop_order o
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shop_id = ${shopId}::uuid and w.shopify_id = any(${shopifyIds.map(String)}::bigint[])
      and o.workspace_id = w.workspace_id and o.shop_id = w.shop_id and o.shopify_id = w.shopify_id and w.changed_at <= o.updated_at`
}
