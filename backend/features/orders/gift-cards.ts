import type { ShopGiftCard } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { isGranted, type OpenShop } from '../shops/index.ts'
import { givenByCard } from './compensation.ts'
import { keepCompensation } from './compensation-rows.ts'
import { shopifyIdOf } from './gids.ts'
import { forgottenIn } from './privacy/forgotten.ts'

/** How far back compensation is counted, with a day to spare. */
const YEAR_MS = 367 * 86_400_000

/**
 * Reads the gift cards that were made since the watermark, because no webhook tells of them (facts/shopify-meta.md section 1.8).
 * Oldest first, so that the watermark follows page by page and the sweep may stop anywhere.
 */
export async function sweepGiftCards(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  sweptTo: Date | null,
): Promise<void> {
  if (!isGranted(shop.scopes, 'read_gift_cards')) return
  const from = sweptTo ?? new Date(ctx.clock.now().getTime() - YEAR_MS)
  const since = new Date(from.getTime() - ctx.config.shopify.overlapMs)
  let after: string | null = null
  do {
    const query = `created_at:>='${since.toISOString()}'`
    const { items, next } = await shop.api.giftCards({ query, after, oldestFirst: true, lane: 'background' })
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await saveGiftCards(tx, shop.id, items)
      await movedTo(tx, shop.id, items.at(-1)?.createdAt ?? from)
    })
    after = next
  } while (after !== null)
}

/** Writes cards, and what those that nobody bought gave their customers; those who asked to be forgotten are not named again. */
async function saveGiftCards(tx: Tx, shopId: string, found: readonly ShopGiftCard[]): Promise<void> {
  const { isOpen, customers } = await forgottenIn(tx, shopId, null)
  if (found.length === 0 || !isOpen) return
  const isForgotten = (gid: string | null) => gid !== null && customers.has(shopifyIdOf(gid))
  const cards = found.map((card) => (isForgotten(card.customerId) ? { ...card, customerId: null } : card))
  const rows = cards.map((card) => ({
    shopify_id: String(shopifyIdOf(card.id)),
    last_characters: card.lastCharacters.toLowerCase(),
    customer: card.customerId === null ? null : String(shopifyIdOf(card.customerId)),
    bought_by: card.orderId === null ? null : String(shopifyIdOf(card.orderId)),
    initial_minor: card.initialValue.minor,
    balance_minor: card.balance.minor,
    currency: card.initialValue.currency,
    enabled: card.enabled,
    source: card.orderId === null ? 'issued' : 'purchased',
    created_at: card.createdAt,
  }))
  await tx.$executeRaw`
    insert into desk.shop_gift_card (workspace_id, shop_id, shopify_id, last_characters, customer_shopify_id, order_shopify_id, initial_minor,
      balance_minor, currency, enabled, source, created_at, updated_at)
    select ${tx.workspaceId}::uuid, ${shopId}::uuid, shopify_id, last_characters, customer, bought_by, initial_minor, balance_minor, currency, enabled,
      source, created_at, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (shopify_id bigint, last_characters text, customer bigint, bought_by bigint,
      initial_minor bigint, balance_minor bigint, currency text, enabled boolean, source text, created_at timestamptz)
    on conflict (workspace_id, shop_id, shopify_id) do update set
      customer_shopify_id = excluded.customer_shopify_id, balance_minor = excluded.balance_minor, enabled = excluded.enabled, updated_at = excluded.updated_at`
  const given = cards.flatMap((card) =>
    givenByCard(card).map((one) => ({
      ...one,
      orderId: null,
      customerShopifyId: card.customerId === null ? null : shopifyIdOf(card.customerId),
      emailKey: null,
      currency: card.initialValue.currency,
    })),
  )
  await keepCompensation(tx, shopId, [], given)
}

const movedTo = (tx: Tx, shopId: string, at: Date) =>
  tx.$executeRaw`
    update desk.shop_feed set cards_swept_to = greatest(cards_swept_to, ${at}::timestamptz)
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid`
