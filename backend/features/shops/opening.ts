import type { ShopifyShop } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { ShopAt } from './access.ts'
import { tokenOf } from './renewing.ts'
import type { ShopState } from './shops.ts'
import { KnownTrouble } from './troubles.ts'

/** A shop that can be asked, outside any transaction. */
export type OpenShop = {
  id: string
  domain: string
  name: string
  currency: string
  numberPrefix: string
  numberSuffix: string
  scopes: string[]
  api: ShopifyShop
}

/**
 * @param options.despite tries a shop that is in trouble too, to see whether that is over
 * @throws DeskError not_found; ShopifyAccessLost, noted already, when Shopify does not let us into this shop
 */
export async function openShop(
  ctx: Ctx,
  workspaceId: string,
  shopId: string,
  options: { despite?: boolean } = {},
): Promise<OpenShop> {
  const where = { workspaceId_id: { workspaceId, id: shopId } }
  const row = await inWorkspace(ctx, workspaceId, (tx) => tx.shop.findUnique({ where, select: ROW }), { reads: true })
  if (!row) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  const { problem } = row
  const state = row.state as ShopState
  const gone = state === 'uninstalled' || state === 'disconnected'
  if (gone || (state !== 'connected' && !options.despite)) throw new KnownTrouble({ state, problem })
  const at = { workspaceId, shopId }
  const api = ctx.shopify.shop({ shopId, domain: row.domain, token: heldTokenOf(ctx, at) })
  const { id, domain, name, currency, numberPrefix, numberSuffix, scopes } = row
  return { id, domain, name, currency, numberPrefix, numberSuffix, scopes, api }
}

/** Much shorter than a token is replaced before its end. */
const HELD_MS = 5_000

/** Calls that follow each other, or that go out together, read the token once; one that Shopify refused is read anew. */
function heldTokenOf(ctx: Ctx, at: ShopAt): (refused?: string) => Promise<string> {
  let held: { token: Promise<string>; until: number } | null = null
  return (refused) => {
    const now = ctx.clock.now().getTime()
    if (refused === undefined && held && now < held.until) return held.token
    const token = tokenOf(ctx, at, refused)
    held = { token, until: now + HELD_MS }
    token.catch(() => {
      held = null
    })
    return token
  }
}

const ROW = {
  id: true,
  domain: true,
  name: true,
  currency: true,
  numberPrefix: true,
  numberSuffix: true,
  scopes: true,
  state: true,
  problem: true,
} as const
