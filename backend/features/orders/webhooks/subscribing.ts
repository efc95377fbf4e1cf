import { ShopifyAccessLost, ShopifyRefused, type ShopSubscription } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { withholdInShadow } from '../../settings/index.ts'
import { connectedShops, isGranted, noteShopTrouble, type OpenShop, openShop } from '../../shops/index.ts'
import { enqueueSweep } from '../queueing.ts'
import { shopWebhooksRestored } from './events.ts'
import { SUBSCRIBE, WEBHOOKS } from './queueing.ts'
import { subscriptions } from './topics.ts'

/** How the shop's subscriptions differ from what they should be. */
export type SubscriptionCheck = {
  /** Topics that nobody sends. */
  missing: string[]
  /** Ours, but sent to an address that we had before, sent twice, or of no use any more. */
  wrong: ShopSubscription[]
  right: number
}

/**
 * Makes the shop's subscriptions what they should be. Runs after connecting and every hour, because Shopify deletes those whose
 * deliveries failed for four hours (facts/shopify-meta.md section 1.12).
 */
export async function subscribe(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  try {
    if (await withheldHere(ctx, workspaceId)) return
    const shop = await openShop(ctx, workspaceId, shopId)
    const { missing, wrong } = await checkSubscriptions(ctx, shop)
    const made = await make(ctx, shop, missing)
    for (const { id } of wrong) await shop.api.unsubscribe(id, 'background')
    await settle(ctx, workspaceId, shopId, made)
  } catch (error) {
    if (!(error instanceof ShopifyAccessLost)) throw error
    await noteShopTrouble(ctx, workspaceId, shopId, error)
  }
}

/** Shadow mode makes no subscriptions: the sweep reads what they would tell. */
const withheldHere = (ctx: Ctx, workspaceId: string): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, (tx) => withholdInShadow(tx, 'shopify.webhooks'))

/** Asks Shopify what it sends us. */
export async function checkSubscriptions(ctx: Ctx, { api, scopes }: OpenShop): Promise<SubscriptionCheck> {
  const found = (await api.subscriptions('background')).filter(({ uri }) => uri.endsWith(WEBHOOKS))
  const uri = addressOf(ctx)
  const wanted = [...subscriptions].filter(([, { needs }]) => needs === null || isGranted(scopes, needs))
  const right = new Map(
    found
      .filter((one) => one.uri === uri && wanted.some(([topic]) => topic === one.topic))
      .map((one) => [one.topic, one]),
  )
  return {
    missing: wanted.map(([topic]) => topic).filter((topic) => !right.has(topic)),
    wrong: found.filter((one) => right.get(one.topic) !== one),
    right: right.size,
  }
}

const addressOf = ({ config }: Ctx) => `${config.http.publicUrl}${WEBHOOKS}`

/** A topic that Shopify refuses to this shop does not keep the others away; the sweep covers what it would tell. */
async function make(ctx: Ctx, { id, api }: OpenShop, missing: readonly string[]): Promise<number> {
  let made = 0
  for (const topic of missing) {
    const fields = subscriptions.get(topic)?.fields ?? []
    try {
      await api.subscribe(topic, addressOf(ctx), 'background', fields.length > 0 ? [...fields] : undefined)
      made++
    } catch (error) {
      if (!(error instanceof ShopifyRefused)) throw error
      ctx.log.warn({ shopId: id, topic, reason: error.message }, 'a shop does not take a subscription')
    }
  }
  return made
}

/** Every topic was there before, unless the shop has just been connected: then what came meanwhile was lost. */
const settle = (ctx: Ctx, workspaceId: string, shopId: string, made: number): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId_id: { workspaceId, id: shopId } }
    const shop = await tx.shop.findUnique({ where, select: { subscribedAt: true } })
    if (!shop) return
    await tx.shop.update({ where, data: { subscribedAt: tx.now } })
    if (made === 0 || shop.subscribedAt === null) return
    await record(tx, [shopWebhooksRestored({ shopId, count: made, by: systemOf(workspaceId) })])
    await enqueueSweep(tx, shopId)
  })

/** Ends what the shop sends us, before access to it is given up. What cannot be ended any more stays, and is refused. */
export async function unsubscribe(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  if (await withheldHere(ctx, workspaceId)) return
  const { api } = await openShop(ctx, workspaceId, shopId)
  const ours = (await api.subscriptions('person')).filter(({ uri }) => uri.endsWith(WEBHOOKS))
  for (const { id } of ours) await api.unsubscribe(id, 'person')
}

export const subscribeAll = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const shops = (await connectedShops(tx)).filter(({ state }) => state === 'connected')
    for (const { id } of shops) await enqueue(tx, SUBSCRIBE, { shopId: id }, { key: `${SUBSCRIBE.name}:${id}` })
  })
