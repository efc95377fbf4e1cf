import { ShopifyAccessLost, ShopifyRefused, ShopifyThrottled } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteShopTrouble, type OpenShop } from '../shops/index.ts'
import { openIfWell } from './fetching.ts'
import { shopifyIdOf } from './gids.ts'
import { sweepGiftCards } from './gift-cards.ts'
import { enqueueSweep } from './queueing.ts'
import { wishFor } from './wishing.ts'

type Feed = { sweptTo: Date | null; sweepPage: string | null; cardsSweptTo: Date | null; cardsPage: string | null }

/**
 * Catches what webhooks lost: asks which orders changed since the watermark, and wishes for those that are not here in that state.
 * The watermark is made of Shopify's own times, so a wrong clock here loses nothing; it is asked from a little before, because the
 * search index that answers lags. Begins where the first load began.
 */
export async function sweep(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  const feed = await readFeed(ctx, workspaceId, shopId)
  const shop = feed?.sweptTo ? await openIfWell(ctx, workspaceId, shopId) : null
  if (!shop || !feed?.sweptTo) return
  try {
    await sweepOrders(ctx, workspaceId, shop, { sweptTo: feed.sweptTo, page: feed.sweepPage })
    await sweepGiftCards(ctx, workspaceId, shop, { sweptTo: feed.cardsSweptTo, page: feed.cardsPage })
  } catch (error) {
    if (error instanceof ShopifyAccessLost) return noteShopTrouble(ctx, workspaceId, shopId, error)
    if (!(error instanceof ShopifyThrottled)) throw error
    const { retryAfter } = error
    await inWorkspace(ctx, workspaceId, (tx) =>
      enqueueSweep(tx, shopId, new Date(tx.now.getTime() + retryAfter * 1_000)),
    )
  }
}

const readFeed = (ctx: Ctx, workspaceId: string, shopId: string): Promise<Feed | null> =>
  inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.shopFeed.findUnique({
        where: { workspaceId_shopId: { workspaceId, shopId } },
        select: { sweptTo: true, sweepPage: true, cardsSweptTo: true, cardsPage: true },
      }),
    { reads: true },
  )

/** All pages belong to one start; a sweep that was stopped goes on with its next page. */
async function sweepOrders(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  { sweptTo, page }: { sweptTo: Date; page: string | null },
): Promise<void> {
  const since = new Date(sweptTo.getTime() - ctx.config.shopify.overlapMs)
  let after = page
  do {
    const { items, next } = await changedOn(ctx, workspaceId, shop, { since, after })
    const changed = items.map(({ id, updatedAt }) => ({ shopifyId: shopifyIdOf(id), changedAt: updatedAt }))
    await inWorkspace(ctx, workspaceId, async (tx) => {
      await wishFor(tx, shop.id, await notHere(tx, shop.id, changed))
      await keepPlace(tx, shop.id, { page: next, seen: changed.at(-1)?.changedAt ?? null })
    })
    after = next
  } while (after !== null)
}

type Changed = { shopifyId: bigint; changedAt: Date }

/** A page that Shopify no longer knows is begun anew at the next sweep. */
async function changedOn(
  ctx: Ctx,
  workspaceId: string,
  shop: OpenShop,
  from: { since: Date; after: string | null },
): Promise<{ items: { id: string; updatedAt: Date }[]; next: string | null }> {
  try {
    return await shop.api.changedSince({ ...from, lane: 'background' })
  } catch (error) {
    if (error instanceof ShopifyRefused && from.after !== null)
      await inWorkspace(ctx, workspaceId, (tx) => keepPlace(tx, shop.id, { page: null, seen: null }))
    throw error
  }
}

/** Shopify's times are whole seconds: what was read within the same second may have changed once more in it. */
const notHere = (tx: Tx, shopId: string, changed: readonly Changed[]): Promise<Changed[]> =>
  tx.$queryRaw<Changed[]>`
    select shopify_id as "shopifyId", updated_at as "changedAt"
    from jsonb_to_recordset(${JSON.stringify(
      changed.map(({ shopifyId, changedAt }) => ({ shopify_id: String(shopifyId), updated_at: changedAt })),
    )}::jsonb) as given (shopify_id bigint, updated_at timestamptz)
    where not exists (select from desk.shop_order o where o.workspace_id = ${tx.workspaceId}::uuid and o.shop_id = ${shopId}::uuid
      and o.shopify_id = given.shopify_id
      and (o.updated_at > given.updated_at or o.updated_at = given.updated_at and o.checked_at >= given.updated_at + interval '2 seconds'))`

/** The watermark moves when the last page is read: the pages of one sweep come oldest change first, so the last seen is the newest. */
async function keepPlace(
  tx: Tx,
  shopId: string,
  { page, seen }: { page: string | null; seen: Date | null },
): Promise<void> {
  await tx.$executeRaw`
    update desk.shop_feed set sweep_page = ${page}, swept_at = case when ${page}::text is null then ${tx.now}::timestamptz else swept_at end,
      swept_to = case when ${page}::text is null then greatest(swept_to, ${seen}::timestamptz) else swept_to end
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid`
}
