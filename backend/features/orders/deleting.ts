import type { Tx } from '../../platform/tenancy.ts'
import { isGranted, type OpenShop } from '../shops/index.ts'

/** Without read_all_orders an app sees orders of this many days only (facts/shopify-meta.md section 1.10). */
export const VISIBLE_DAYS = 60
const DAY_MS = 86_400_000

export const seesAllOrders = ({ scopes }: Pick<OpenShop, 'scopes'>): boolean => isGranted(scopes, 'read_all_orders')

/**
 * Shopify knows these orders no more: what we hold stays, and says that they are gone. An order too old to be shown to the app is not
 * gone; a day of grace covers clocks that differ.
 */
export async function markGone(
  tx: Tx,
  shop: Pick<OpenShop, 'id' | 'scopes'>,
  shopifyIds: readonly bigint[],
): Promise<void> {
  if (shopifyIds.length === 0) return
  const since = new Date(seesAllOrders(shop) ? 0 : tx.now.getTime() - (VISIBLE_DAYS - 1) * DAY_MS)
  await tx.$executeRaw`
    update desk.shop_order set deleted_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shop.id}::uuid and shopify_id = any(${shopifyIds.map(String)}::bigint[])
      and deleted_at is null and placed_at >= ${since}`
}
