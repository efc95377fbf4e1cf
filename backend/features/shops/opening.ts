import type { ShopifyShop } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
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
  const api = ctx.shopify.shop({ shopId, domain: row.domain, token: (refused?: string) => tokenOf(ctx, at, refused) })
  const { id, domain, name, currency, numberPrefix, numberSuffix, scopes } = row
  return { id, domain, name, currency, numberPrefix, numberSuffix, scopes, api }
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
