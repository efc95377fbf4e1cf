import { type ShopGiftCard, ShopifyRefused } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { isGranted, type OpenShop } from '../shops/index.ts'
import { givenByCard, sourceOfCard } from './compensation.ts'
import { keepCompensation } from './compensation-rows.ts'
import { shopifyIdOf } from './gids.ts'
import { forgottenIn } from './privacy/forgotten.ts'

/** How far back compensation is counted, with a day to spare. */
const YEAR_MS = 367 * 86_400_000

type Place = { sweptTo: Date | null; page: string | null }

/**
 * Reads the gift cards that changed since the watermark, because no webhook tells of them (facts/shopify-meta.md section 1.8).
 * What changed last comes first, so the watermark moves at the end; a sweep that was stopped goes on with its next page.
 */
export async function sweepGiftCards(ctx: Ctx, workspaceId: string, shop: OpenShop, place: Place): Promise<void> {
  if (!isGranted(shop.scopes, 'read_gift_cards')) return
  const since = place.sweptTo
    ? place.sweptTo.getTime() - ctx.config.shopify.overlapMs
    : ctx.clock.now().getTime() - YEAR_MS
  let after = place.page
  do {
    const { items, next } = await changedOn(ctx, workspaceId, shop, after)
    const changed = items.filter(({ updatedAt }) => updatedAt.getTime() >= since)
    after = changed.length < items.length ? null : next
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await keepGiftCards(tx, shop.id, changed)
      await keepPlace(tx, shop.id, { page: after, newest: items[0]?.updatedAt ?? null })
    })
  } while (after !== null)
}

/** A page that Shopify no longer knows is begun anew at the next sweep. */
async function changedOn(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  after: string | null,
): Promise<{ items: ShopGiftCard[]; next: string | null }> {
  try {
    return await shop.api.giftCards({ query: '', after, by: 'changed', lane: 'background' })
  } catch (error) {
    if (error instanceof ShopifyRefused && after !== null)
      await inWorkspace(ctx, workspaceId, (tx) => keepPlace(tx, shop.id, { page: null, newest: null }))
    throw error
  }
}

/** Writes cards, and what those that nobody bought gave their customers; those who asked to be forgotten are not named again. */
export async function keepGiftCards(tx: Tx, shopId: string, found: readonly ShopGiftCard[]): Promise<void> {
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
  await tx.$executeRaw`
    delete from desk.compensation where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid and kind = 'gift_card'
      and source = any(${cards.map(({ id }) => sourceOfCard(id))}::text[])`
  await keepCompensation(tx, shopId, [], given)
}

/** A place that is lost moves no watermark: `newest` is null then. */
const keepPlace = (tx: Tx, shopId: string, { page, newest }: { page: string | null; newest: Date | null }) =>
  tx.$executeRaw`
    update desk.shop_feed set cards_page = ${page}, cards_seen_to = greatest(cards_seen_to, ${newest}::timestamptz),
      cards_swept_to = case when ${page}::text is null and ${newest}::timestamptz is not null then greatest(cards_seen_to, ${newest}::timestamptz) else cards_swept_to end
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid`
