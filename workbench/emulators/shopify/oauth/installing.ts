import { createHmac } from 'node:crypto'
import type { Answer, Call } from '../../http/router.ts'
import { oauthError } from '../answers.ts'
import type { Ground } from '../ground.ts'
import type { SeedApp } from '../seed.ts'
import type { Shop } from '../shop.ts'
import { installPage } from './install-page.ts'

interface Asked {
  app: SeedApp
  scopes: string[]
  redirectUri: string
  state: string
}

/** GET /admin/oauth/authorize: the page on which the merchant sees what the app wants. */
export function showInstall(ground: Ground, shop: Shop, { query }: Call): Answer {
  const { app, scopes } = askedIn(ground, query)
  return { html: installPage(shop, app, scopes, query) }
}

/** The Install button: back to the app with a code, signed. */
export function install(ground: Ground, shop: Shop, { query }: Call): Answer {
  const { app, scopes, redirectUri, state } = askedIn(ground, query)
  const now = ground.now().getTime()
  const code = ground.codes.make({ shop: shop.domain, clientId: app.clientId, scopes, ends: now + 600_000 })
  const store = shop.domain.replace(/\.myshopify\.com$/, '')
  const answer = {
    code,
    host: Buffer.from(`admin.shopify.com/store/${store}`).toString('base64').replace(/=+$/, ''),
    shop: shop.domain,
    state,
    timestamp: String(Math.floor(now / 1000)),
  }
  const target = new URL(ground.resolveUrl(redirectUri))
  for (const [name, value] of Object.entries({ ...answer, hmac: signature(answer, app.clientSecret) }))
    target.searchParams.set(name, value)
  return { status: 302, headers: { location: target.href } }
}

/** Hexadecimal HMAC-SHA256 over the other parameters in the order of their names. */
function signature(answer: Record<string, string>, secret: string): string {
  const sorted = Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1))
  const message = sorted.map(([name, value]) => `${name}=${value}`).join('&')
  return createHmac('sha256', secret).update(message).digest('hex')
}

function askedIn(ground: Ground, query: URLSearchParams): Asked {
  const app = ground.app(query.get('client_id') ?? '')
  if (!app) throw oauthError('invalid_request', 'Could not find Shopify API application with this api_key')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris?.includes(redirectUri))
    throw oauthError('invalid_request', 'The redirect_uri is not whitelisted')
  const scopes = (query.get('scope') ?? app.scopes.join(',')).split(/[ ,]+/).filter(Boolean)
  if (!scopes.every(ground.schema.isScope))
    throw oauthError('invalid_scope', 'Some requested scopes are not valid access scopes')
  return { app, scopes, redirectUri, state: query.get('state') ?? '' }
}
