import type { ShopAbout, ShopToken } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { accessOf } from './access.ts'
import { shopDomain } from './domains.ts'
import { shopConnected } from './events.ts'
import { tokensOf } from './renewing.ts'
import { type MissingScope, missingScopes } from './scopes.ts'
import { openClientSecrets, sealClientSecrets, withNewest } from './secrets.ts'
import type { ShopAccessKind } from './shops.ts'
import { tryReading } from './trying.ts'

export type OwnShop = { domain: string; clientId: string; clientSecret: string }

export type Connected = { shopId: string; domain: string; name: string; missing: MissingScope[] }

/**
 * Connects a shop of one's own organisation through its own app, or renews the access to one that is connected: its id and its orders stay.
 * @param own.domain as a person writes it
 * @throws DeskError invalid_request in words: no shop address, a shop of another workspace, permissions without which nothing can be shown;
 *   ShopifyAccessLost, ShopifyRefused or ShopifyUnavailable when Shopify does not let us in
 */
export async function connectShop(ctx: Ctx, workspaceId: string, own: OwnShop): Promise<Connected> {
  const domain = shopDomain(own.domain)
  const grant = () => ctx.shopify.tokens.clientCredentials({ ...clientOf(own), domain })
  return connect(ctx, workspaceId, { domain, access: 'client_credentials', app: own, grant })
}

/**
 * Connects a shop of one's own once more, with the app that is stored.
 * @throws DeskError invalid_request when nothing is stored that would help, and what `connectShop` throws
 */
export async function connectAgain(ctx: Ctx, workspaceId: string, given: string): Promise<Connected> {
  const domain = shopDomain(given)
  const where = { workspaceId_domain: { workspaceId, domain } }
  const stored = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const row = await tx.shop.findUnique({ where, select: { id: true } })
      return row && accessOf(ctx, tx, await ctx.keyring.box(tx), row.id)
    },
    { reads: true },
  )
  if (stored?.access === 'authorization_code')
    throw new DeskError(
      'invalid_request',
      `${domain} has installed the desk's own app, so its owner installs it again: add --install.`,
    )
  if (!stored?.app)
    throw new DeskError(
      'invalid_request',
      `Say which app lets the desk into ${domain}: --client-id from the app's settings at Shopify (docs/guides/first-shop.md).`,
    )
  const [clientSecret] = stored.app.secrets
  return connectShop(ctx, workspaceId, { domain, clientId: stored.app.clientId, clientSecret })
}

/** Connects a shop in which the desk's own app was just installed. @param code of Shopify's redirect; it serves once */
export const connectInstalled = (
  ctx: Ctx,
  workspaceId: string,
  { domain, code }: { domain: string; code: string },
): Promise<Connected> =>
  connect(ctx, workspaceId, {
    domain,
    access: 'authorization_code',
    app: null,
    grant: () => ctx.shopify.tokens.exchangeCode({ ...clientOf(desksApp(ctx)), domain, code }),
  })

const clientOf = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) => ({
  clientId,
  clientSecret,
})

/** @throws DeskError invalid_request when the desk has no app of its own */
export function desksApp(ctx: Ctx): { clientId: string; clientSecret: string; secretsBefore: string[] } {
  if (ctx.config.shopify.app) return ctx.config.shopify.app
  throw new DeskError(
    'invalid_request',
    'The desk has no Shopify app that others can install. Set SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET, or connect the shop through an app of its own: leave --install out.',
  )
}

type Wanted = {
  domain: string
  access: ShopAccessKind
  app: { clientId: string; clientSecret: string } | null
  grant: () => Promise<ShopToken>
}

async function connect(ctx: Ctx, workspaceId: string, wanted: Wanted): Promise<Connected> {
  const { domain } = wanted
  await inWorkspace(ctx, workspaceId, (tx) => refuseTaken(tx, domain), { reads: true })
  const grant = await wanted.grant()
  const api = ctx.shopify.shop({ shopId: newId(ctx.clock.now()), domain, token: async () => grant.token })
  const about = await api.about('person')
  refuseAlias(domain, about)
  const missing = missingScopes(about.scopes)
  refuseBlocked(domain, missing)
  const trouble = await tryReading(api, 'person')
  if (trouble) throw new DeskError('invalid_request', trouble.words)
  const shopId = await inWorkspace(ctx, workspaceId, (tx) => store(ctx, tx, wanted, grant, about))
  return { shopId, domain, name: about.name, missing }
}

/** Webhooks name the shop only, so its address leads to one workspace. */
async function refuseTaken(tx: Tx, domain: string): Promise<{ known: boolean }> {
  const [row] = await tx.$queryRaw<{ id: string | null }[]>`
    select workspace_id::text as id from app.shop_of_domain(${domain})`
  if (row?.id && row.id !== tx.workspaceId)
    throw new DeskError(
      'invalid_request',
      `${domain} is connected to another workspace here. Disconnect it there first.`,
    )
  return { known: Boolean(row?.id) }
}

/** A shop may have several addresses; its webhooks name one, and by that it belongs to one workspace. */
function refuseAlias(domain: string, about: ShopAbout): void {
  if (about.domain === domain) return
  throw new DeskError('invalid_request', `Shopify calls this shop ${about.domain}: connect it under that address.`)
}

function refuseBlocked(domain: string, missing: readonly MissingScope[]): void {
  if (!missing.some(({ blocks }) => blocks)) return
  const lines = missing.map(({ scope, without }) => `  ${scope}: without it ${without}`)
  throw new DeskError(
    'invalid_request',
    `The app lacks permissions in ${domain}. Add them to the app's scopes, release a new version of it, allow it in the shop, and connect again:\n${lines.join('\n')}`,
  )
}

async function store(
  ctx: Ctx,
  tx: Tx,
  { domain, access, app }: Wanted,
  grant: ShopToken,
  about: ShopAbout,
): Promise<string> {
  const { workspaceId } = tx
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`shop:${domain}`}, 0))` // whoever connects it meanwhile waits
  const { known } = await refuseTaken(tx, domain)
  const before = await tx.shop.findUnique({ where: { workspaceId_domain: { workspaceId, domain } } })
  const shopId = before?.id ?? newId(tx.now)
  const box = await ctx.keyring.box(tx)
  const secrets = before?.clientSecret ? openClientSecrets(box, shopId, before.clientSecret) : []
  const data = {
    ...seenOf(about),
    ...tokensOf(box, shopId, grant),
    access,
    clientId: app?.clientId ?? null,
    clientSecret: app && sealClientSecrets(box, shopId, withNewest(app.clientSecret, secrets)),
    renewingUntil: null,
    subscribedAt: null,
    state: 'connected',
    problem: null,
  }
  if (before) await tx.shop.update({ where: { workspaceId_id: { workspaceId, id: shopId } }, data })
  else await tx.shop.create({ data: { workspaceId, id: shopId, domain, createdAt: tx.now, ...data } })
  if (!known) await tx.$executeRaw`select app.add_shop(${domain}, ${shopId}::uuid)`
  await record(tx, [shopConnected({ shopId, by: systemOf(workspaceId) })])
  return shopId
}

/** The columns that Shopify tells us. */
export const seenOf = ({ name, currency, timezone, orderPrefix, orderSuffix, scopes }: ShopAbout) => ({
  name,
  currency,
  timeZone: timezone,
  numberPrefix: orderPrefix,
  numberSuffix: orderSuffix,
  scopes,
})
