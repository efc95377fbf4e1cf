import type { Tx } from '../../../platform/tenancy.ts'
import { enqueueFetch } from '../queueing.ts'
import type { Told } from './reading.ts'

/** A customer changes with every order, so only those are read again that a card shows. */
const SHOWN = 20
/** More orders than any one customer has. */
const ALL = 100_000

/** Asks for the newest orders of customers once more: a name or an address changed, while Shopify calls the orders unchanged. */
export async function wishForOrdersOf(
  tx: Tx,
  shopId: string,
  customers: readonly bigint[],
  most = SHOWN,
): Promise<void> {
  const keys = customers.map((id) => `${shopId}:${id}`)
  const wished = await tx.$executeRaw`
    insert into desk.order_wish as wish (workspace_id, shop_id, shopify_id, due_at, created_at)
    select o.workspace_id, o.shop_id, o.shopify_id, ${tx.now}, ${tx.now}
    from (select distinct order_id, placed_at from desk.order_key
          where workspace_id = ${tx.workspaceId}::uuid and kind = 'customer' and key = any(${keys}::text[])
          order by placed_at desc, order_id desc limit ${most}) k
      join desk.shop_order o on o.workspace_id = ${tx.workspaceId}::uuid and o.id = k.order_id
    where o.deleted_at is null order by o.shopify_id
    on conflict (workspace_id, shop_id, shopify_id) do update set due_at = least(wish.due_at, excluded.due_at)`
  if (wished > 0) await enqueueFetch(tx, shopId)
}

/** The orders stay, without the customer. */
export async function customerDeleted(tx: Tx, shopId: string, customer: bigint): Promise<void> {
  await tx.shopCustomer.deleteMany({ where: { workspaceId: tx.workspaceId, shopId, shopifyId: customer } })
  await wishForOrdersOf(tx, shopId, [customer], ALL)
}

/** Two customers became one: what the one that is gone got counts for the one that stays. */
export async function customerMerged(
  tx: Tx,
  shopId: string,
  { admin_graphql_api_customer_kept_id: kept, admin_graphql_api_customer_deleted_id: gone }: Told,
): Promise<void> {
  if (!kept || !gone || kept === gone) return
  const { workspaceId } = tx
  await tx.compensation.updateMany({
    where: { workspaceId, shopId, customerShopifyId: gone },
    data: { customerShopifyId: kept },
  })
  await tx.shopGiftCard.updateMany({
    where: { workspaceId, shopId, customerShopifyId: gone },
    data: { customerShopifyId: kept },
  })
  await tx.shopCustomer.deleteMany({ where: { workspaceId, shopId, shopifyId: gone } })
  await wishForOrdersOf(tx, shopId, [kept, gone], ALL)
}
