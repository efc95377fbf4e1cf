import { enqueueAll } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { connectedShops } from '../shops/index.ts'
import { mayBeNumberOf } from './keys.ts'
import { numbersIn } from './numbers.ts'
import { LOOK_UP } from './queueing.ts'
import { wishFor } from './wishing.ts'

/** What tells whether a text names what may be an order of a connected shop. */
export async function namingOrders(tx: Tx): Promise<(text: string) => boolean> {
  const shops = await connectedShops(tx)
  return (text) => shops.length > 0 && numbersIn(text, shops).length > 0
}

/**
 * Notes the orders that a mail names: known ones are joined to its ticket and read anew, so that the card is fresh before it is
 * opened; for the others every shop that may have written the number is asked, and they are joined as soon as
 * they are here. What a person took back stays so.
 * @param texts subject first, then the text
 */
export async function noteMentions(tx: Tx, ticketId: string, texts: readonly string[]): Promise<void> {
  const shops = await connectedShops(tx)
  const keys = numbersIn(texts.join('\n'), shops)
  if (keys.length === 0) return
  const known = await joinKnown(tx, ticketId, keys)
  for (const [shopId, wanted] of Map.groupBy(known, (order) => order.shopId)) await wishFor(tx, shopId, wanted)
  const holds = (shopId: string, key: string) => known.some((order) => order.key === key && order.shopId === shopId)
  const unknown = keys.filter((key) => shops.some((shop) => mayBeNumberOf(shop, key) && !holds(shop.id, key)))
  const noted = await keepMentions(tx, ticketId, unknown)
  await enqueueAll(
    tx,
    noted.map((key) => ({
      job: LOOK_UP.name,
      payload: { key },
      key: `${LOOK_UP.name}:${tx.workspaceId}:${key}`,
      maxAttempts: LOOK_UP.maxAttempts,
    })),
  )
}

type Known = { key: string; shopId: string; shopifyId: bigint; changedAt: null }

const joinKnown = (tx: Tx, ticketId: string, keys: readonly string[]): Promise<Known[]> =>
  tx.$queryRaw<Known[]>`
    with named as (
      select k.key, o.id, o.shop_id, o.shopify_id from desk.order_key k
      join desk.shop_order o on o.workspace_id = k.workspace_id and o.id = k.order_id
      where k.workspace_id = ${tx.workspaceId}::uuid and k.kind = 'number' and k.key = any(${keys}::text[])),
    joined as (
      insert into desk.ticket_order (workspace_id, ticket_id, order_id, via, at)
      select distinct ${tx.workspaceId}::uuid, ${ticketId}::uuid, id, 'named', ${tx.now}::timestamptz from named
      on conflict (workspace_id, ticket_id, order_id) do nothing)
    select key, shop_id::text as "shopId", shopify_id as "shopifyId", null as "changedAt" from named`

/** @returns the keys that were not noted before */
async function keepMentions(tx: Tx, ticketId: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await tx.$queryRaw<{ key: string }[]>`
    insert into desk.order_mention (workspace_id, ticket_id, key, at)
    select ${tx.workspaceId}::uuid, ${ticketId}::uuid, key, ${tx.now} from unnest(${keys}::text[]) as key
    on conflict (workspace_id, ticket_id, key) do nothing returning key`
  return rows.map(({ key }) => key)
}
