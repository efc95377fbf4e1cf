import { ShopifyAccessLost, type ShopifyProblem } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { shopAccessLost, shopUninstalled } from './events.ts'
import { CHECK, checkKey } from './queueing.ts'
import { connectCommand, type ShopAccessKind, type ShopState } from './shops.ts'

type Named = { name: string; domain: string; access: ShopAccessKind }

/** Shopify was not asked: the desk knew already that it may not enter this shop, and says why. */
export class KnownTrouble extends ShopifyAccessLost {
  override name = 'KnownTrouble'

  constructor({ state, problem }: { state: ShopState; problem: string | null }) {
    super(state === 'frozen' ? 'frozen' : state === 'needs_access' ? 'token_revoked' : 'uninstalled')
    if (problem !== null) this.message = problem
  }
}

/**
 * Writes down that Shopify does not let us into a shop: its state, and what a person reads about it. Anything else is ignored, so
 * whoever asks Shopify may hand over what it caught. Said once; a check every hour sees when it is over.
 */
export async function noteShopTrouble(ctx: Ctx, workspaceId: string, shopId: string, error: unknown): Promise<void> {
  if (!(error instanceof ShopifyAccessLost) || error instanceof KnownTrouble) return
  if (error.problem !== 'scope_missing') return loseShop(ctx, workspaceId, shopId, error.problem)
  // One operation may lack a permission that the others do not need: the check looks which ones are there.
  await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, CHECK, { shopId }, { key: checkKey(shopId) }))
}

/** Whatever the problem is, this shop cannot be asked. */
export const loseShop = (ctx: Ctx, workspaceId: string, shopId: string, problem: ShopifyProblem): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const shop = await lockShop(tx, shopId)
    if (shop) await lose(tx, shop, problem, inWords(shop, problem))
  })

/** The words stay those of the newest trouble; the event is recorded when the state changes. */
export async function lose(tx: Tx, shop: Held, problem: ShopifyProblem, words: string): Promise<void> {
  if (shop.state === 'disconnected' || shop.state === 'uninstalled') return
  const state = STATES[problem] ?? 'needs_access'
  const without = { token: null, tokenEndsAt: null, refreshToken: null, refreshEndsAt: null }
  await change(tx, shop.id, { state, problem: words, ...(state === 'uninstalled' && without) })
  if (shop.state === state) return
  const about = { shopId: shop.id, by: systemOf(tx.workspaceId) }
  await record(tx, [state === 'uninstalled' ? shopUninstalled(about) : shopAccessLost({ ...about, problem })])
}

const STATES: Partial<Record<ShopifyProblem, ShopState>> = { frozen: 'frozen', uninstalled: 'uninstalled' }

export type Held = Named & { id: string; state: ShopState }

/** Holds the shop's row until the transaction ends. */
export async function lockShop(tx: Tx, shopId: string): Promise<Held | null> {
  const [row] = await tx.$queryRaw<Held[]>`
    select id::text, name, domain, access, state from desk.shop where workspace_id = ${tx.workspaceId}::uuid and id = ${shopId}::uuid for update`
  return row ?? null
}

const change = (tx: Tx, id: string, data: Parameters<Tx['shop']['update']>[0]['data']) =>
  tx.shop.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data })

const again = (shop: Named) => `An admin connects it again: ${connectCommand(shop)}`

const installAgain = (shop: Named) =>
  shop.access === 'client_credentials'
    ? `Install it again, then: ${connectCommand(shop)}`
    : `An admin gets the address that installs it again: ${connectCommand(shop)}`

const WORDS: Record<ShopifyProblem, (shop: Named) => string> = {
  token_expired: (shop) => `${shop.name} does not let Sidedesk in any more: its access has expired. ${again(shop)}`,
  token_revoked: (shop) => `${shop.name} does not let Sidedesk in any more: its access was revoked. ${again(shop)}`,
  unknown_client: (shop) =>
    `${shop.name} does not let Sidedesk in any more: Shopify does not know the client id and secret of its app. ${again(shop)}`,
  other_organisation: (shop) =>
    `${shop.name} does not let Sidedesk in any more: its app belongs to another organisation. ${again({ ...shop, access: 'authorization_code' })}`,
  uninstalled: (shop) =>
    `Sidedesk's app was removed from ${shop.name}; its orders are shown as they were. ${installAgain(shop)}`,
  unknown_shop: (shop) =>
    `Shopify knows no shop ${shop.domain} any more; its orders are shown as they were. If it moved, connect it under its new address.`,
  frozen: (shop) =>
    `Shopify has frozen ${shop.name}, as a rule because a bill is open. Its owner settles that with Shopify; Sidedesk tries again every hour.`,
  forbidden: (shop) =>
    `Shopify refuses everything that Sidedesk asks of ${shop.name}, as it does while a shop is under review. Its owner asks Shopify; Sidedesk tries again every hour.`,
  scope_missing: (shop) => `The app may not read the orders of ${shop.name}. ${again(shop)}`,
}

export const inWords = (shop: Named, problem: ShopifyProblem): string => WORDS[problem](shop)
