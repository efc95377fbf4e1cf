import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { type ClientSecrets, openClientSecrets, openRefreshToken, openToken } from './secrets.ts'
import type { ShopAccessKind, ShopState } from './shops.ts'

/** One shop of one workspace. */
export type ShopAt = { workspaceId: string; shopId: string }

/** What the desk may use to enter a shop, in the clear. */
export type ShopAccess = {
  domain: string
  name: string
  state: ShopState
  problem: string | null
  access: ShopAccessKind
  /** Null once an own shop was disconnected, and while the desk has no app of its own. */
  app: { clientId: string; secrets: ClientSecrets } | null
  token: string | null
  /** As it is stored, to see whether somebody else stored another one. */
  sealedToken: Uint8Array<ArrayBuffer> | null
  endsAt: Date | null
  refreshToken: string | null
}

/** @throws DeskError not_found */
export const readAccess = (ctx: Ctx, { workspaceId, shopId }: ShopAt): Promise<ShopAccess> =>
  inWorkspace(ctx, workspaceId, async (tx) => accessOf(ctx, tx, await ctx.keyring.box(tx), shopId), { reads: true })

/** @throws DeskError not_found */
export async function accessOf(ctx: Ctx, tx: Tx, box: Box, id: string): Promise<ShopAccess> {
  const row = await tx.shop.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  return {
    domain: row.domain,
    name: row.name,
    state: row.state as ShopState,
    problem: row.problem,
    access: row.access as ShopAccessKind,
    app: appOf(ctx, box, row),
    token: row.token && openToken(box, id, row.token),
    sealedToken: row.token,
    endsAt: row.tokenEndsAt,
    refreshToken: row.refreshToken && openRefreshToken(box, id, row.refreshToken),
  }
}

type AppRow = { id: string; access: string; clientId: string | null; clientSecret: Uint8Array | null }

/** An own shop brings its own app, until it is disconnected; in others the desk's app is installed. */
export function appOf(ctx: Ctx, box: Box, { id, access, clientId, clientSecret }: AppRow): ShopAccess['app'] {
  if (access === 'client_credentials')
    return clientId && clientSecret ? { clientId, secrets: openClientSecrets(box, id, clientSecret) } : null
  const { app } = ctx.config.shopify
  return app && { clientId: app.clientId, secrets: [app.clientSecret, ...app.secretsBefore] }
}
