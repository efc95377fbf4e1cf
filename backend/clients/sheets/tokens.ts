import { createHash } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { SheetsRefused, SheetsUnavailable } from './failures.ts'

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets'

/** What of a service account's JSON key is needed. */
export const ServiceAccountKey = z.object({
  type: z.literal('service_account'),
  client_email: z.email(),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
})

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().default(3_600) })
const EARLY_MS = 60_000

export type TokenSettings = { tokenUrl: string; clock: Clock; timeoutMs: number }

/** Bearer tokens of service accounts, each kept until a minute before it ends. */
export function sheetsTokens(settings: TokenSettings) {
  const kept = new Map<string, { token: string; until: number }>()
  const keyOf = (secret: string) => createHash('sha256').update(secret).digest('base64')
  return {
    async of(secret: string): Promise<string> {
      const found = kept.get(keyOf(secret))
      if (found && found.until > settings.clock.now().getTime()) return found.token
      const { access_token: token, expires_in } = await fetchToken(settings, secret)
      kept.set(keyOf(secret), { token, until: settings.clock.now().getTime() + expires_in * 1_000 - EARLY_MS })
      return token
    },
    forget: (secret: string) => void kept.delete(keyOf(secret)),
  }
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
async function fetchToken({ tokenUrl, clock, timeoutMs }: TokenSettings, secret: string) {
  const account = ServiceAccountKey.parse(JSON.parse(secret))
  const now = Math.floor(clock.now().getTime() / 1_000)
  const key = await importPKCS8(account.private_key, 'RS256').catch((error: unknown) => {
    throw new SheetsRefused('The key of the service account cannot be read. Make a new one.', { cause: error })
  })
  const assertion = await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(account.private_key_id && { kid: account.private_key_id }) })
    .setIssuer(account.client_email)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + 3_600)
    .sign(key)
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new SheetsUnavailable("Google's sign-in cannot be reached right now.", { cause: error })
  })
  if (response.ok) return Token.parse(await response.json())
  if (response.status < 500 && response.status !== 429)
    throw new SheetsRefused('Google does not know this service account or its key any more. Put in a new key.')
  throw new SheetsUnavailable(`Google's sign-in is not available right now (${response.status}).`)
}
