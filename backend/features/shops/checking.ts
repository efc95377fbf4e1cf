import {
  type ShopAbout,
  ShopifyAccessLost,
  type ShopifyProblem,
  ShopifySchemaChanged,
} from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { readAccess } from './access.ts'
import { seenOf } from './connecting.ts'
import { shopAccessRegained } from './events.ts'
import { type OpenShop, openShop } from './opening.ts'
import { CHECK, checkKey } from './queueing.ts'
import { type MissingScope, missingScopes } from './scopes.ts'
import { connectCommand } from './shops.ts'
import { type Held, KnownTrouble, lockShop, lose, loseShop } from './troubles.ts'
import { type ReadingTrouble, tryReading } from './trying.ts'

/**
 * Asks a shop who it is: keeps its name, currency and permissions, finds out whether a trouble is over, and keeps a refresh token from
 * ending unused.
 * @param told `removed`: a webhook said that the app was uninstalled. It may be hours old, so only a shop that refuses us is believed to be gone
 */
export async function checkShop(
  ctx: Ctx,
  workspaceId: string,
  { shopId, told }: { shopId: string; told?: 'removed' | undefined },
): Promise<void> {
  try {
    const { api } = await (told ? openAsItWas(ctx, workspaceId, shopId) : openShop(ctx, workspaceId, shopId, DESPITE))
    const about = await api.about('background')
    const blocked = missingScopes(about.scopes).some(({ blocks }) => blocks)
    await see(ctx, workspaceId, shopId, { about, trouble: blocked ? null : await tryReading(api, 'background') })
  } catch (error) {
    if (error instanceof ShopifySchemaChanged) return say(ctx, workspaceId, shopId, error.message)
    if (!(error instanceof ShopifyAccessLost)) throw error
    if (error instanceof KnownTrouble) return
    const gone = told === 'removed' && !SHUT.has(error.problem)
    await loseShop(ctx, workspaceId, shopId, gone ? 'uninstalled' : error.problem)
  }
}

const DESPITE = { despite: true }

/** A shop that lets nobody in does not say whether the app is still there. */
const SHUT = new Set<ShopifyProblem>(['frozen', 'forbidden'])

/**
 * An own shop with the token that it had, while that serves: it ended if the app was removed, and nothing promises that asking for
 * another one does not install the app again. The tokens of others are renewed as ever, because that ends with the installation.
 */
async function openAsItWas(ctx: Ctx, workspaceId: string, shopId: string): Promise<Pick<OpenShop, 'api'>> {
  const { access, token, endsAt, domain } = await readAccess(ctx, { workspaceId, shopId })
  const serves = endsAt !== null && endsAt > ctx.clock.now()
  if (access === 'authorization_code' || token === null || !serves) return openShop(ctx, workspaceId, shopId, DESPITE)
  return { api: ctx.shopify.shop({ shopId, domain, token: async () => token }) }
}

type Seen = { about: ShopAbout; trouble: ReadingTrouble | null }

const see = (ctx: Ctx, workspaceId: string, shopId: string, { about, trouble }: Seen): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const shop = await lockShop(tx, shopId)
    if (!shop || shop.state === 'disconnected' || shop.state === 'uninstalled') return
    const blocking = missingScopes(about.scopes).filter(({ blocks }) => blocks)
    const where = { workspaceId_id: { workspaceId, id: shopId } }
    const seen = seenOf(about)
    if (blocking.length > 0 || trouble?.blocks) {
      await tx.shop.update({ where, data: seen })
      return lose(tx, shop, 'scope_missing', trouble?.words ?? lacking(shop, blocking))
    }
    await tx.shop.update({ where, data: { ...seen, state: 'connected', problem: trouble?.words ?? null } })
    if (shop.state !== 'connected') await record(tx, [shopAccessRegained({ shopId, by: systemOf(workspaceId) })])
  })

/** Orders are still read as far as they can be. */
const say = (ctx: Ctx, workspaceId: string, shopId: string, problem: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.shop.updateMany({ where: { workspaceId, id: shopId, state: 'connected' }, data: { problem } })
  })

const lacking = (shop: Held, missing: readonly MissingScope[]) =>
  `The app lacks permissions in ${shop.name}: ${missing.map(({ scope }) => scope).join(', ')}. An admin adds them to the app, then: ${connectCommand(shop)}`

/** One check for each shop that may be asked. */
export const checkShops = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const shops = await tx.shop.findMany({
      where: { workspaceId, state: { in: ['connected', 'needs_access', 'frozen'] } },
      select: { id: true },
    })
    for (const { id } of shops) await enqueue(tx, CHECK, { shopId: id }, { key: checkKey(id) })
  })
