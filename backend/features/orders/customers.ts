import type { ShopCustomer, ShopOrder } from '../../clients/shopify/index.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { shopifyIdOf } from './gids.ts'

const DOCUMENT = 'shop_customer.document'
const placeOf = (shopId: string, shopifyId: bigint) => `${shopId}/${shopifyId}`

/** A customer of a shop, as the order that was read last told them. */
export type CustomerDocument = ShopCustomer

/** Keeps the customers that orders carry, as they were when they were asked for: a customer changes while their orders do not. */
export async function keepCustomers(
  tx: Tx,
  box: Box,
  shopId: string,
  { orders, askedAt }: { orders: readonly ShopOrder[]; askedAt: Date },
): Promise<void> {
  const newest = new Map<bigint, { customer: ShopCustomer; updatedAt: Date }>()
  for (const { customer, updatedAt } of orders) {
    if (!customer) continue
    const id = shopifyIdOf(customer.id)
    const before = newest.get(id)
    if (!before || before.updatedAt <= updatedAt) newest.set(id, { customer, updatedAt })
  }
  if (newest.size === 0) return
  const rows = [...newest].map(([id, { customer, updatedAt }]) => ({
    shopify_id: String(id),
    updated_at: updatedAt,
    document: box.seal(DOCUMENT, placeOf(shopId, id), JSON.stringify(customer)).toString('base64'),
  }))
  await tx.$executeRaw`
    insert into desk.shop_customer as mine (workspace_id, shop_id, shopify_id, updated_at, checked_at, document)
    select ${tx.workspaceId}::uuid, ${shopId}::uuid, shopify_id, updated_at, ${askedAt}, decode(document, 'base64')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (shopify_id bigint, updated_at timestamptz, document text)
    on conflict (workspace_id, shop_id, shopify_id) do update set
      updated_at = excluded.updated_at, checked_at = excluded.checked_at, document = excluded.document
    where excluded.checked_at >= mine.checked_at`
}

/** Opens what `keepCustomers` sealed. */
export const openCustomer = (box: Box, shopId: string, shopifyId: bigint, sealed: Uint8Array): CustomerDocument =>
  JSON.parse(box.openText(DOCUMENT, placeOf(shopId, shopifyId), sealed)) as CustomerDocument
