import { ShopifyAccessLost, ShopifyUnavailable, type ShopToken } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { readAccess, type ShopAccess, type ShopAt } from './access.ts'
import { sealRefreshToken, sealToken } from './secrets.ts'
import { KnownTrouble, noteShopTrouble } from './troubles.ts'

/** A token that ends sooner is replaced before it is used. */
const EARLY_MS = 2 * 60_000
/** Longer than Shopify's sign-in may take; a process that died with the lease holds the others up no longer. */
const LEASE_MS = 30_000
const LOOK_MS = 100
const LOOKS = 150

/**
 * A token that Shopify takes. It is renewed by one process at a time, and every other one waits for what that stores. A renewed pair is
 * stored before its first use, because the old refresh token ends with that (facts/shopify-meta.md section 3.2); a process that dies
 * in between loses nothing.
 * @param refused a token that Shopify did not take, so that it is replaced although its time has not come
 * @throws ShopifyAccessLost, noted already, when the shop may not be entered any more; ShopifyUnavailable
 */
export async function tokenOf(ctx: Ctx, at: ShopAt, refused?: string): Promise<string> {
  for (let look = 0; look < LOOKS; look++) {
    const kept = await readAccess(ctx, at)
    if (isGoodFor(ctx, kept, refused, EARLY_MS)) return kept.token
    if (kept.state === 'uninstalled' || kept.state === 'disconnected') throw new KnownTrouble(kept)
    const serves = isGoodFor(ctx, kept, refused, 0)
    const lease = await takeLease(ctx, at, kept)
    const renewed = lease && (await renew(ctx, at, kept, lease).catch(laterIfAway(serves)))
    if (renewed) return renewed
    if (serves) return kept.token // somebody renews it, or nobody can just now
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new ShopifyUnavailable('The access to this shop is just being renewed. Try again in a moment.', {
    retryAfter: 5,
  })
}

const laterIfAway = (serves: boolean) => (error: unknown) => {
  if (serves && error instanceof ShopifyUnavailable) return null
  throw error
}

const isGoodFor = (
  ctx: Ctx,
  kept: ShopAccess,
  refused: string | undefined,
  ms: number,
): kept is ShopAccess & { token: string } =>
  kept.token !== null && kept.token !== refused && lasts(ctx, kept.endsAt, ms)

const lasts = ({ clock }: Pick<Ctx, 'clock'>, endsAt: Date | null, ms: number): boolean =>
  endsAt !== null && endsAt.getTime() - clock.now().getTime() > ms

/** Whether a token may be used as it is stored. */
export const isFresh = (ctx: Pick<Ctx, 'clock'>, endsAt: Date | null): boolean => lasts(ctx, endsAt, EARLY_MS)

/** @returns until when it is ours; null while another process renews, or when one just did */
const takeLease = (ctx: Ctx, { workspaceId, shopId }: ShopAt, { sealedToken }: ShopAccess): Promise<Date | null> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const until = new Date(tx.now.getTime() + LEASE_MS)
    const taken = await tx.$executeRaw`
      update desk.shop set renewing_until = ${until} where workspace_id = ${workspaceId}::uuid and id = ${shopId}::uuid
        and token is not distinct from ${sealedToken}::bytea and (renewing_until is null or renewing_until <= ${tx.now})`
    return taken > 0 ? until : null
  })

/** @returns null when the lease ended meanwhile: somebody else has renewed the access, so what we got or were refused counts no more */
async function renew(ctx: Ctx, at: ShopAt, kept: ShopAccess, lease: Date): Promise<string | null> {
  try {
    const grant = await askForToken(ctx, kept)
    return (await store(ctx, at, grant, lease)) ? grant.token : null
  } catch (error) {
    const isOurs = await giveBack(ctx, at, lease)
    if (!(error instanceof ShopifyAccessLost)) throw error
    if (!isOurs) return null
    await noteShopTrouble(ctx, at.workspaceId, at.shopId, error)
    throw error
  }
}

function askForToken(ctx: Ctx, { app, access, domain, refreshToken }: ShopAccess): Promise<ShopToken> {
  if (!app) throw new ShopifyAccessLost('unknown_client')
  const [clientSecret] = app.secrets
  const client = { domain, clientId: app.clientId, clientSecret }
  if (access === 'client_credentials') return ctx.shopify.tokens.clientCredentials(client)
  if (refreshToken === null) throw new ShopifyAccessLost('token_expired')
  return ctx.shopify.tokens.refresh({ ...client, refreshToken })
}

const store = (ctx: Ctx, { workspaceId, shopId }: ShopAt, grant: ShopToken, lease: Date): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const { count } = await tx.shop.updateMany({
      where: { workspaceId, id: shopId, renewingUntil: lease },
      data: { ...tokensOf(box, shopId, grant), renewingUntil: null },
    })
    return count > 0
  })

/** @returns whether it was still ours */
const giveBack = (ctx: Ctx, { workspaceId, shopId }: ShopAt, lease: Date): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId, id: shopId, renewingUntil: lease }
    return (await tx.shop.updateMany({ where, data: { renewingUntil: null } })).count > 0
  })

type Sealer = Parameters<typeof sealToken>[0]

/** The columns that a grant fills. */
export const tokensOf = (box: Sealer, shopId: string, grant: ShopToken) => ({
  token: sealToken(box, shopId, grant.token),
  tokenEndsAt: grant.endsAt,
  refreshToken: grant.refreshToken === null ? null : sealRefreshToken(box, shopId, grant.refreshToken),
  refreshEndsAt: grant.refreshEndsAt,
})
