import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { SHOPIFY_SCOPES, verifyRedirect } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { sameText } from '../../platform/crypto.ts'
import { DeskError } from '../../platform/errors.ts'
import { type Connected, connectInstalled, desksApp } from './connecting.ts'
import { shopDomain } from './domains.ts'

export const INSTALL = '/v1/shopify/install'
export const CALLBACK = '/v1/shopify/callback'

/** An admin sends the address to whoever owns the shop. */
const START_MS = 24 * 60 * 60_000
/** Signing in to Shopify and pressing Install. */
const STATE_MS = 30 * 60_000

const Pass = z.object({
  workspaceId: z.uuid(),
  domain: z.string(),
  allOrders: z.boolean(),
  nonce: z.string(),
  until: z.number(),
})
type Pass = z.infer<typeof Pass>
type Purpose = 'install' | 'install-state'

/**
 * The address that installs the desk's own app in a shop of another organisation; good for a day.
 * @param wanted.allOrders asks for orders older than 60 days, too; Shopify refuses that to an app to which it was not granted
 * @throws DeskError invalid_request when the desk has no app, or for something that is no shop's address
 */
export function installAddress(
  ctx: Ctx,
  workspaceId: string,
  wanted: { domain: string; allOrders: boolean },
): { domain: string; url: string } {
  desksApp(ctx)
  const domain = shopDomain(wanted.domain)
  const pass = { workspaceId, domain, allOrders: wanted.allOrders, nonce: '', until: untilOf(ctx, START_MS) }
  return { domain, url: `${ctx.config.http.publicUrl}${INSTALL}?start=${sign(ctx, 'install', pass)}` }
}

/** @returns where the browser goes to allow the app, and a nonce that it has to bring back; null for an address that is old or not ours */
export function beginInstall(ctx: Ctx, start: unknown): { url: string; nonce: string } | null {
  const pass = open(ctx, 'install', start)
  if (!pass) return null
  const nonce = randomBytes(16).toString('base64url')
  const scopes = SHOPIFY_SCOPES.filter((scope) => scope !== 'read_all_orders' || pass.allOrders)
  const url = ctx.shopify.tokens.authorizeUrl({
    domain: pass.domain,
    clientId: desksApp(ctx).clientId,
    scopes,
    redirectUri: `${ctx.config.http.publicUrl}${CALLBACK}`,
    state: sign(ctx, 'install-state', { ...pass, nonce, until: untilOf(ctx, STATE_MS) }),
  })
  return { url, nonce }
}

/**
 * Ends an installation: Shopify signed the address, we signed the state in it, and the same browser began it.
 * @param query every parameter of the address that Shopify sent the browser to
 * @param nonce what that browser was given
 * @throws DeskError unauthenticated, or what connecting throws
 */
export function endInstall(ctx: Ctx, query: Readonly<Record<string, unknown>>, nonce: string): Promise<Connected> {
  const { clientSecret, secretsBefore } = desksApp(ctx)
  const secrets = [clientSecret, ...secretsBefore]
  const pass = open(ctx, 'install-state', query['state'])
  const { code, shop } = query
  const isOurs = pass !== null && sameText(pass.nonce, nonce) && pass.domain === shop
  if (!isOurs || typeof code !== 'string' || !secrets.some((secret) => verifyRedirect(query, secret)))
    throw new DeskError(
      'unauthenticated',
      'This address is too old, or was not made by Shopify for this browser. Begin again with the address that you were given.',
    )
  return connectInstalled(ctx, pass.workspaceId, { domain: pass.domain, code })
}

const untilOf = ({ clock }: Ctx, ms: number) => clock.now().getTime() + ms

function sign({ signer }: Ctx, purpose: Purpose, pass: Pass): string {
  const content = Buffer.from(JSON.stringify(pass)).toString('base64url')
  return `${content}.${signer.mac(purpose, content)}`
}

function open({ signer, clock }: Ctx, purpose: Purpose, signed: unknown): Pass | null {
  if (typeof signed !== 'string') return null
  const [content = '', mac = ''] = signed.split('.')
  if (!signer.verify(purpose, content, mac)) return null
  const pass = Pass.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')))
  return pass.until > clock.now().getTime() ? pass : null
}
