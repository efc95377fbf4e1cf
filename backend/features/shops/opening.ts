import type { ShopifyShop } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { askWorkspace, boxFor } from '../../platform/asking.ts'
import { DeskError } from '../../platform/errors.ts'
import type { ShopAt } from './access.ts'
import { isFresh, tokenOf } from './renewing.ts'
import { openToken } from './secrets.ts'
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
  const at = { workspaceId, shopId }
  const [row] = await askWorkspace<Row>(ctx, workspaceId, rowSql(at))
  if (!row) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  const { state, problem, token, tokenEndsAt, ...shop } = row
  const gone = state === 'uninstalled' || state === 'disconnected'
  if (gone || (state !== 'connected' && !options.despite)) throw new KnownTrouble({ state, problem })
  const stored = token && isFresh(ctx, tokenEndsAt) ? openToken(await boxFor(ctx, workspaceId), shopId, token) : null
  return { ...shop, api: ctx.shopify.shop({ shopId, domain: shop.domain, token: heldTokenOf(ctx, at, stored) }) }
}

type Row = Omit<OpenShop, 'api'> & {
  state: ShopState
  problem: string | null
  token: Uint8Array | null
  tokenEndsAt: Date | null
}

/** With its token: whoever opens a shop asks it something at once. */
const rowSql = ({ workspaceId, shopId }: ShopAt) => Prisma.sql`
  select id::text, domain, name, currency, number_prefix as "numberPrefix", number_suffix as "numberSuffix", scopes, state, problem, token,
    token_ends_at as "tokenEndsAt"
  from desk.shop where workspace_id = ${workspaceId}::uuid and id = ${shopId}::uuid`

/** Much shorter than a token is replaced before its end. */
const HELD_MS = 5_000

/**
 * Calls that follow each other, or that go out together, read the token once; one that Shopify refused is read anew.
 * @param stored as it was read with the shop; null when it has to be renewed first
 */
function heldTokenOf(ctx: Ctx, at: ShopAt, stored: string | null): (refused?: string) => Promise<string> {
  const hold = (token: Promise<string>) => ({ token, until: ctx.clock.now().getTime() + HELD_MS })
  let held = stored === null ? null : hold(Promise.resolve(stored))
  return (refused) => {
    if (refused === undefined && held && ctx.clock.now().getTime() < held.until) return held.token
    const token = tokenOf(ctx, at, refused)
    held = hold(token)
    token.catch(() => {
      held = null
    })
    return token
  }
}
