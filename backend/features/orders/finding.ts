import type { Tx } from '../../platform/tenancy.ts'
import type { OrderKeyKind } from './keys.ts'

/** Orders that hold every one of these keys, newest first. */
export async function ordersByKey(
  tx: Tx,
  kind: OrderKeyKind,
  keys: readonly string[],
  most: number,
): Promise<string[]> {
  const [first = '', ...others] = keys.length > 1 ? await rarestFirst(tx, kind, keys) : keys
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select k.order_id::text as id from desk.order_key k
    where k.workspace_id = ${tx.workspaceId}::uuid and k.kind = ${kind} and k.key = ${first} and ${others.length} = (
      select count(*) from desk.order_key o
      where o.workspace_id = k.workspace_id and o.kind = k.kind and o.order_id = k.order_id and o.key = any(${others}::text[]))
    order by k.placed_at desc, k.order_id desc limit ${most}`
  return rows.map(({ id }) => id)
}

/** A rare family name saves looking through everybody of a common first name. */
async function rarestFirst(tx: Tx, kind: OrderKeyKind, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select wanted.key from unnest(${keys}::text[]) as wanted (key)
    order by (select count(*) from (select from desk.order_key k
      where k.workspace_id = ${tx.workspaceId}::uuid and k.kind = ${kind} and k.key = wanted.key limit 1000) counted), wanted.key`
  return rows.map(({ key }) => key)
}

/** The order that bought a gift card, and the orders of the customer whom it belongs to, newest first. */
export async function ordersByCard(tx: Tx, lastCharacters: string, most: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with card as materialized (
      select workspace_id, shop_id, customer_shopify_id, order_shopify_id, concat(shop_id, ':', customer_shopify_id) as customer
      from desk.shop_gift_card where workspace_id = ${tx.workspaceId}::uuid and last_characters = ${lastCharacters} limit 50)
    select id::text from (
      select o.id, o.placed_at from card join desk.shop_order o
        on o.workspace_id = card.workspace_id and o.shop_id = card.shop_id and o.shopify_id = card.order_shopify_id
      union
      select k.order_id, k.placed_at from card join desk.order_key k
        on k.workspace_id = card.workspace_id and k.kind = 'customer' and k.key = card.customer) found
    order by placed_at desc, id desc limit ${most}`
  return rows.map(({ id }) => id)
}
