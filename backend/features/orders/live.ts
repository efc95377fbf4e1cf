import { setTimeout as pause } from 'node:timers/promises'
import type { ShopOrder } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { noteShopTrouble, type OpenShop, openShop, type ShopRow } from '../shops/index.ts'

export type Answer = { shop: OpenShop; orders: ShopOrder[] }

/** Someone looks at the panel: what takes longer is left out and said. Milliseconds. */
const PATIENCE_MS = 5_000

/** Asks shops at the same time. One that fails or takes too long is not among the answers; expected failures are noted. */
export async function answersOf(
  ctx: Ctx,
  workspaceId: string,
  shops: readonly ShopRow[],
  ask: (shop: OpenShop) => Promise<ShopOrder[]>,
): Promise<Answer[]> {
  const answers = await Promise.all(shops.map((shop) => inTime(answerOf(ctx, workspaceId, shop.id, ask))))
  return answers.filter((answer) => answer !== null)
}

async function answerOf(
  ctx: Ctx,
  workspaceId: string,
  shopId: string,
  ask: (shop: OpenShop) => Promise<ShopOrder[]>,
): Promise<Answer | null> {
  try {
    const shop = await openShop(ctx, workspaceId, shopId)
    return { shop, orders: await ask(shop) }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    ctx.log.info({ err: error, shopId }, 'a shop could not be searched')
    await noteShopTrouble(ctx, workspaceId, shopId, error)
    return null
  }
}

async function inTime(answer: Promise<Answer | null>): Promise<Answer | null> {
  const waiting = new AbortController()
  try {
    return await Promise.race([answer, pause(PATIENCE_MS, null, { signal: waiting.signal, ref: false })])
  } finally {
    waiting.abort()
  }
}
