import { paymentMode, type ShopOrder } from '../../clients/shopify/index.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { givenBy, receiverOf } from './compensation.ts'
import { keepCompensation } from './compensation-rows.ts'
import { keepCustomers } from './customers.ts'
import { shopifyIdOf } from './gids.ts'
import { keysOfOrder, type Numbering, type OrderKey } from './keys.ts'
import { joinMentions } from './mentions.ts'
import { forgottenIn } from './privacy/forgotten.ts'
import { sealOrder } from './summary.ts'
import { waitForWriters } from './writers.ts'

/** Up to 250 orders of one shop, and when they were asked for, by our clock: they are at least as new as that. */
type Answer = { orders: readonly ShopOrder[]; askedAt: Date }

/** An order that is about to be written; `known` when its row was there before. */
type Saving = { id: string; known: boolean; order: ShopOrder }

/**
 * Writes orders as Shopify told them, with all that follows from them: look-up keys, compensation, customers, tickets that named
 * them. The cost is a handful of statements, however many orders there are. An older state never replaces
 * a newer one, and nothing comes back that was forgotten since it was asked for. Saves of one shop wait for each other, so call it in a
 * transaction of its own that holds no ticket's lock.
 * @returns our ids of those that were written
 */
export async function saveOrders(tx: Tx, box: Box, shop: Numbering, answer: Answer): Promise<string[]> {
  if (answer.orders.length === 0) return []
  await waitForWriters(tx, shop.id)
  const { askedAt } = answer
  const orders = newestOfEach(await notForgotten(tx, shop.id, answer))
  const saving = await newerOnes(tx, shop.id, { orders, askedAt })
  if (saving.length > 0) {
    const keys = saving.flatMap(({ id, order }) =>
      keysOfOrder(order, shop).map((key) => ({ ...key, orderId: id, placedAt: order.processedAt })),
    )
    await writeOrders(tx, box, shop.id, { saving, askedAt })
    await writeKeys(tx, saving, keys)
    await keepCustomers(tx, box, shop.id, { orders: saving.map(({ order }) => order), askedAt })
    await writeCompensation(tx, shop.id, saving)
    await joinMentions(
      tx,
      keys.filter(({ kind }) => kind === 'number'),
    )
  }
  return saving.map(({ id }) => id)
}

function newestOfEach(orders: readonly ShopOrder[]): ShopOrder[] {
  const newest = new Map<string, ShopOrder>()
  for (const order of orders) {
    const before = newest.get(order.id)
    if (!before || before.updatedAt <= order.updatedAt) newest.set(order.id, order)
  }
  return [...newest.values()]
}

async function notForgotten(tx: Tx, shopId: string, { orders, askedAt }: Answer): Promise<readonly ShopOrder[]> {
  const { isOpen, customers } = await forgottenIn(tx, shopId, askedAt)
  if (!isOpen) return []
  return orders.filter(({ customer }) => !customer || !customers.has(shopifyIdOf(customer.id)))
}

type Held = { id: string; shopifyId: bigint; updatedAt: Date; checkedAt: Date; deletedAt: Date | null }

/** Sealing needs the row's id, so it is known first. */
async function newerOnes(tx: Tx, shopId: string, { orders, askedAt }: Answer): Promise<Saving[]> {
  const held = await tx.$queryRaw<Held[]>`
    select id::text, shopify_id as "shopifyId", updated_at as "updatedAt", checked_at as "checkedAt", deleted_at as "deletedAt" from desk.shop_order
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid
      and shopify_id = any(${orders.map(({ id }) => String(shopifyIdOf(id)))}::bigint[])`
  const byShopifyId = new Map(held.map((row) => [row.shopifyId, row]))
  return orders.flatMap((order): Saving[] => {
    const row = byShopifyId.get(shopifyIdOf(order.id))
    if (!row) return [{ id: newId(tx.now), known: false, order }]
    return isNewer(order, askedAt, row) ? [{ id: row.id, known: true, order }] : []
  })
}

/**
 * Shopify's times are whole seconds, so within one it counts who asked later. An order that was deleted comes back only when
 * Shopify has changed it since.
 */
function isNewer({ updatedAt }: ShopOrder, askedAt: Date, held: Held): boolean {
  if (held.deletedAt) return updatedAt > held.updatedAt && askedAt > held.deletedAt
  return updatedAt.getTime() === held.updatedAt.getTime() ? askedAt >= held.checkedAt : updatedAt > held.updatedAt
}

async function writeOrders(
  tx: Tx,
  box: Box,
  shopId: string,
  { saving, askedAt }: { saving: readonly Saving[]; askedAt: Date },
): Promise<void> {
  const rows = saving.map(({ id, order }) => {
    const { summary, document } = sealOrder(box, id, order)
    return {
      id,
      shopify_id: String(shopifyIdOf(order.id)),
      name: order.name,
      placed_at: order.processedAt,
      updated_at: order.updatedAt,
      cancelled_at: order.cancelledAt,
      test: order.test,
      financial: order.financialStatus ?? 'UNKNOWN',
      fulfilment: order.fulfilmentStatus,
      payment_kind: paymentMode(order).kind,
      summary: summary.toString('base64'),
      document: document.toString('base64'),
    }
  })
  await tx.$executeRaw`
    insert into desk.shop_order as mine (workspace_id, id, shop_id, shopify_id, name, placed_at, updated_at, checked_at, cancelled_at, test, financial,
      fulfilment, payment_kind, summary, document)
    select ${tx.workspaceId}::uuid, id, ${shopId}::uuid, shopify_id, name, placed_at, updated_at, ${askedAt}, cancelled_at, test, financial, fulfilment,
      payment_kind, decode(summary, 'base64'), decode(document, 'base64')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, shopify_id bigint, name text, placed_at timestamptz, updated_at timestamptz,
      cancelled_at timestamptz, test boolean, financial text, fulfilment text, payment_kind text, summary text, document text)
    on conflict (workspace_id, shop_id, shopify_id) do update set
      name = excluded.name, placed_at = excluded.placed_at, updated_at = excluded.updated_at, checked_at = excluded.checked_at,
      cancelled_at = excluded.cancelled_at,
      deleted_at = case when mine.deleted_at >= excluded.checked_at then mine.deleted_at end, test = excluded.test, financial = excluded.financial, fulfilment = excluded.fulfilment,
      payment_kind = excluded.payment_kind, summary = excluded.summary, document = excluded.document`
}

/** A look-up key with the order that it finds. */
type KeyRow = OrderKey & { orderId: string; placedAt: Date }

async function writeKeys(tx: Tx, saving: readonly Saving[], keys: readonly KeyRow[]): Promise<void> {
  const given = JSON.stringify(
    keys.map(({ kind, key, orderId, placedAt }) => ({ kind, key, order_id: orderId, placed_at: placedAt })),
  )
  const known = knownAmong(saving)
  if (known.length > 0)
    await tx.$executeRaw`
      delete from desk.order_key k where k.workspace_id = ${tx.workspaceId}::uuid and k.order_id = any(${known}::uuid[]) and not exists (
        select from jsonb_to_recordset(${given}::jsonb) as given (kind text, key text, order_id uuid)
        where given.order_id = k.order_id and given.kind = k.kind and given.key = k.key)`
  await tx.$executeRaw`
    insert into desk.order_key (workspace_id, kind, key, order_id, placed_at)
    select ${tx.workspaceId}::uuid, kind, key, order_id, placed_at
    from jsonb_to_recordset(${given}::jsonb) as given (kind text, key text, order_id uuid, placed_at timestamptz)
    on conflict (workspace_id, order_id, kind, key) do nothing`
}

async function writeCompensation(tx: Tx, shopId: string, saving: readonly Saving[]): Promise<void> {
  const given = saving.flatMap(({ id, order }) =>
    givenBy(order).map((one) => ({ ...one, ...receiverOf(order), orderId: id, currency: order.currency })),
  )
  await keepCompensation(tx, shopId, knownAmong(saving), given)
}

const knownAmong = (saving: readonly Saving[]) => saving.flatMap(({ id, known }) => (known ? [id] : []))
