import type { Tx } from '../../platform/tenancy.ts'
import { enqueueFetch } from './queueing.ts'

export type Wanted = {
  shopifyId: bigint
  /** Shopify's updatedAt that we were told of; null when nobody told. */
  changedAt: Date | null
}

/**
 * Asks for orders to be read from Shopify, and wakes the reader when something new is asked for. Whoever holds several wishes takes them
 * in the order of their ids, so that nobody waits for each other.
 */
export async function wishFor(tx: Tx, shopId: string, wanted: readonly Wanted[]): Promise<void> {
  if (wanted.length === 0) return
  const rows = wanted.map(({ shopifyId, changedAt }) => ({ shopify_id: String(shopifyId), changed_at: changedAt }))
  const written = await tx.$queryRaw<{ fresh: boolean }[]>`
    insert into desk.order_wish as mine (workspace_id, shop_id, shopify_id, changed_at, due_at, created_at)
    select ${tx.workspaceId}::uuid, ${shopId}::uuid, shopify_id, max(changed_at), ${tx.now}::timestamptz, ${tx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (shopify_id bigint, changed_at timestamptz) group by shopify_id order by shopify_id
    on conflict (workspace_id, shop_id, shopify_id) do update set
      changed_at = greatest(mine.changed_at, excluded.changed_at), due_at = least(mine.due_at, excluded.due_at)
    returning xmax = 0 as fresh`
  if (written.some(({ fresh }) => fresh)) await enqueueFetch(tx, shopId)
}
