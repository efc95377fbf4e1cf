import type { Address } from '../../../../shared/combined-actions.ts'
import { ShopifyAccessLost, type ShopOrder } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { openDocument, orderGid } from '../../orders/index.ts'
import type { OpenShop } from '../../shops/index.ts'
import type { Standing } from '../plan.ts'
import { standingOf } from '../standing.ts'
import type { Goods, LiveOrder } from './live-order.ts'
import { addressOf, presentLive } from './presenting-live.ts'
import { askShop, goodsOfVariant, patiently } from './shopify.ts'

/**
 * An order as it is in Shopify now, with all that forms and plans need of the shop. Everything is asked at the same time, by what the
 * cache knows of the order; what it does not know costs one call more. Call it outside any transaction.
 * @throws DeskError not_found when the order is gone; the failures of Shopify's client, in words
 */
export async function readForAction(ctx: Ctx, workspaceId: string, orderId: string): Promise<LiveOrder> {
  const cached = await readCached(ctx, workspaceId, orderId)
  return askShop(ctx, workspaceId, cached.shop.id, async (shop) => {
    const [order, toSend, everything, known, shipsTo, methods, giftCards] = await Promise.all([
      patiently(() => shop.api.order(cached.gid, 'person')),
      patiently(() => shop.api.toSend(cached.gid, 'person')),
      patiently(() => shop.api.suggestedRefund(cached.gid, EVERYTHING, 'person')).catch(nothingIfGone),
      patiently(() => shop.api.variants(cached.variantIds, 'person')),
      patiently(() => shop.api.shipsTo('person')),
      methodsOf(shop, cached),
      giftCardsOf(shop),
    ])
    if (!order || !toSend || !everything) throw gone(cached.name)
    return presentLive({
      orderId,
      readAt: ctx.clock.now(),
      shop: cached.shop,
      order,
      everything,
      toSend,
      standing: standingOf({ ...order, parcels: order.fulfilments, staffNote: null }, NOT_OURS),
      goods: [...known.map(goodsOfVariant), ...(await goodsBeside(shop, order, cached.variantIds))],
      shipsTo,
      methods,
      giftCards,
    })
  })
}

/** How an order stands now, for whoever only wants to know whether it moved; one small call. */
export const standingNow = (ctx: Ctx, workspaceId: string, { shop, id, name }: LiveOrder): Promise<Standing> =>
  askShop(ctx, workspaceId, shop.id, async ({ api }) => {
    const standing = await patiently(() => api.standing(id, 'person'))
    if (!standing) throw gone(name)
    return standingOf(standing, NOT_OURS)
  })

/** What the shop could send instead of a product's variant: all of its variants. */
export const goodsOfProduct = (ctx: Ctx, workspaceId: string, shopId: string, productId: string): Promise<Goods[]> =>
  askShop(ctx, workspaceId, shopId, async ({ api }) =>
    (await patiently(() => api.variantsOfProduct(productId, 'person'))).map(goodsOfVariant),
  )

/** Before it is confirmed an action has changed nothing. */
const NOT_OURS = ''

const EVERYTHING = { lines: [], shipping: 'all' as const, all: true, to: 'original' as const }

type Cached = { gid: string; name: string; shop: LiveOrder['shop']; variantIds: string[]; address: Address | null }

const readCached = (ctx: Ctx, workspaceId: string, orderId: string): Promise<Cached> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const row = await tx.shopOrder.findUnique({
        where: { workspaceId_id: { workspaceId, id: orderId } },
        select: ROW,
      })
      if (!row) throw new DeskError('not_found', 'There is no such order here. Look it up again.')
      if (row.deletedAt) throw gone(row.name)
      const { lines, shippingAddress } = openDocument(await ctx.keyring.box(tx), orderId, row.document)
      return {
        gid: orderGid(row.shopifyId),
        name: row.name,
        shop: row.shop,
        variantIds: [...new Set(lines.flatMap(({ variantId }) => variantId ?? []))],
        address: shippingAddress && addressOf(shippingAddress),
      }
    },
    { reads: true },
  )

const ROW = {
  shopifyId: true,
  name: true,
  deletedAt: true,
  document: true,
  shop: { select: { id: true, name: true, domain: true, currency: true, timeZone: true } },
} as const

const gone = (name: string) =>
  new DeskError('not_found', `${name} is gone from Shopify, so nothing can be done with it. Check the order number.`)

/** That the order is gone is said once, by who reads it. */
function nothingIfGone(error: unknown): null {
  if (error instanceof DeskError && error.code === 'shopify_refused' && !(error instanceof ShopifyAccessLost))
    return null
  throw error
}

/** Goods of lines that came into the order since it was cached. */
async function goodsBeside({ api }: OpenShop, { lines }: ShopOrder, known: readonly string[]): Promise<Goods[]> {
  const missing = lines.flatMap(({ variantId }) => (variantId && !known.includes(variantId) ? [variantId] : []))
  if (missing.length === 0) return []
  return (await patiently(() => api.variants([...new Set(missing)], 'person'))).map(goodsOfVariant)
}

/** Only a help for whoever chooses: without it the way of sending is typed. */
async function methodsOf({ api }: OpenShop, { variantIds, address }: Cached): Promise<LiveOrder['methods']> {
  if (address === null || variantIds.length === 0) return []
  const lines = variantIds.map((variantId) => ({ variantId, quantity: 1 }))
  try {
    return await patiently(() => api.deliveryMethods({ lines, address }, 'person'))
  } catch (error) {
    if (error instanceof DeskError && error.code === 'shopify_refused') return []
    throw error
  }
}

/** A shop without gift cards, or one that has not allowed the app to make them, can do all the rest. */
async function giftCardsOf({ api, name }: OpenShop): Promise<LiveOrder['giftCards']> {
  try {
    const limit = await patiently(() => api.giftCardLimit('person'))
    return { limit, why: limit === null ? noGiftCards(name) : null }
  } catch (error) {
    if (!(error instanceof ShopifyAccessLost) || error.problem !== 'scope_missing') throw error
    return {
      limit: null,
      why: `Sidedesk may not issue gift cards in ${name}. An admin connects the shop again and allows it.`,
    }
  }
}

const noGiftCards = (name: string) =>
  `Gift cards are unavailable on the Shopify plan of ${name}. Refund the money, or give store credit.`
