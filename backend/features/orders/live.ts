import { setTimeout as pause } from 'node:timers/promises'
import type { ShopOrder } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { noteShopTrouble, type OpenShop, openShop, type ShopRow } from '../shops/index.ts'

export type Answer = { shop: OpenShop; orders: ShopOrder[] }

/** A shop that did not answer; `why` is null when it took too long. */
export type Silence = { shop: ShopRow; why: DeskError | null }

/** Someone looks at the panel: what takes longer is left out and said. Milliseconds. */
const PATIENCE_MS = 5_000

/** Asks shops at the same time. One that fails or takes too long is among the silent; expected failures are noted. */
export async function answersOf(
  ctx: Ctx,
  workspaceId: string,
  shops: readonly ShopRow[],
  ask: (shop: OpenShop) => Promise<ShopOrder[]>,
): Promise<{ answers: Answer[]; silent: Silence[] }> {
  const heard = await Promise.all(shops.map((shop) => inTime(shop, answerOf(ctx, workspaceId, shop, ask))))
  return {
    answers: heard.filter((one): one is Answer => 'orders' in one),
    silent: heard.filter((one): one is Silence => 'why' in one),
  }
}

async function answerOf(
  ctx: Ctx,
  workspaceId: string,
  asked: ShopRow,
  ask: (shop: OpenShop) => Promise<ShopOrder[]>,
): Promise<Answer | Silence> {
  const shopId = asked.id
  try {
    const shop = await openShop(ctx, workspaceId, shopId)
    return { shop, orders: await ask(shop) }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    ctx.log.info({ err: error, shopId }, 'a shop could not be searched')
    await noteShopTrouble(ctx, workspaceId, shopId, error)
    return { shop: asked, why: error }
  }
}

async function inTime(shop: ShopRow, answer: Promise<Answer | Silence>): Promise<Answer | Silence> {
  const waiting = new AbortController()
  const late: Silence = { shop, why: null }
  try {
    return await Promise.race([answer, pause(PATIENCE_MS, late, { signal: waiting.signal, ref: false })])
  } finally {
    waiting.abort()
  }
}
