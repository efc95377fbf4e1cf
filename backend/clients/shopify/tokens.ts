import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { ShopifyAccessLost, ShopifyUnavailable } from './failures.ts'
import { addressOf, isShopDomain } from './hosts.ts'
import { secondsOf } from './sorting.ts'
import { bodyOf, refusedGrant } from './token-refusals.ts'

export type AppAtShop = { domain: string; clientId: string; clientSecret: string }

export type ShopToken = {
  token: string
  /** By our clock. A token without an end is given a year. */
  endsAt: Date
  /** Given with expiring offline tokens; it works until the one that follows it is used. */
  refreshToken: string | null
  refreshEndsAt: Date | null
  /** What was granted, for example read_orders. */
  scopes: string[]
}

/** The ways to a token of a shop. Keeps nothing: storing, renewing once and encrypting is the caller's. */
export type ShopifyTokens = ReturnType<typeof shopifyTokens>

type TokenSettings = { url: string | null; clock: Clock; metrics: Metrics; timeoutMs?: number }

/** https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens */
export function shopifyTokens(settings: TokenSettings) {
  return {
    /** For a shop of the app's own organisation; the token lives 24 hours, then ask again. */
    clientCredentials: (app: AppAtShop) => grant(settings, app, { grant_type: 'client_credentials' }),

    /** Ends an installation: the code of the redirect for an expiring offline token. A code serves once. */
    exchangeCode: ({ code, ...app }: AppAtShop & { code: string }) => grant(settings, app, { code, expiring: '1' }),

    /** Store the new pair before its first use: the refresh token that was given works until then. */
    refresh: ({ refreshToken, ...app }: AppAtShop & { refreshToken: string }) =>
      grant(settings, app, { grant_type: 'refresh_token', refresh_token: refreshToken }),

    /** Where a merchant's browser goes to install the app. @param state a nonce that comes back with the code */
    authorizeUrl({ domain, clientId, scopes, redirectUri, state }: Authorization): string {
      const url = new URL(`https://${shopDomain(domain)}/admin/oauth/authorize`)
      url.search = new URLSearchParams({
        client_id: clientId,
        scope: scopes.join(','),
        redirect_uri: redirectUri,
        state,
      }).toString()
      return addressOf(settings.url, url.href)
    },
  }
}

export type Authorization = {
  domain: string
  clientId: string
  scopes: readonly string[]
  redirectUri: string
  state: string
}

const Token = z.object({
  access_token: z.string().min(1),
  scope: z.string().default(''),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().positive().optional(),
})
const YEAR = 365 * 86_400

/** With fetch: the library has no time-out here, and reckons the end of a token by the clock of the process. */
async function grant(settings: TokenSettings, app: AppAtShop, fields: Record<string, string>): Promise<ShopToken> {
  try {
    const token = await asked(settings, app, fields)
    count(settings, 'done')
    return token
  } catch (error) {
    count(settings, error instanceof ShopifyUnavailable ? 'unavailable' : 'refused')
    throw error
  }
}

const count = ({ metrics }: TokenSettings, outcome: string) =>
  metrics.outside.inc({ system: 'shopify', method: 'token', outcome })

async function asked(settings: TokenSettings, app: AppAtShop, fields: Record<string, string>): Promise<ShopToken> {
  const url = addressOf(settings.url, `https://${shopDomain(app.domain)}/admin/oauth/access_token`)
  const signal = AbortSignal.timeout(settings.timeoutMs ?? 10_000)
  const { status, headers, text } = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: app.clientId, client_secret: app.clientSecret, ...fields }),
    redirect: 'manual',
    signal,
  })
    .then(async (response) => ({ status: response.status, headers: response.headers, text: await response.text() }))
    .catch((error: unknown) => {
      throw new ShopifyUnavailable("Shopify's sign-in cannot be reached right now.", { cause: error })
    })
  const body = bodyOf(text)
  const now = settings.clock.now()
  const token = Token.safeParse(body)
  if (status === 200 && token.success) return presented(token.data, now)
  throw refusedGrant(status, body, secondsOf(headers.get('retry-after'), now))
}

function presented(token: z.infer<typeof Token>, now: Date): ShopToken {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
  const { refresh_token: refreshToken = null, refresh_token_expires_in: refreshSeconds } = token
  return {
    token: token.access_token,
    endsAt: after(token.expires_in ?? YEAR),
    refreshToken,
    refreshEndsAt: refreshToken && refreshSeconds ? after(refreshSeconds) : null,
    scopes: token.scope.split(/[,\s]+/).filter(Boolean),
  }
}

function shopDomain(domain: string): string {
  if (isShopDomain(domain)) return domain
  throw new ShopifyAccessLost('unknown_shop', { detail: domain.slice(0, 80) })
}
