import { createHash } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { type AccessProblem, GmailAccessLost, GmailUnavailable } from './failures.ts'
import { secondsOf } from './sorting.ts'

/** How a mailbox is reached: its own refresh token, or a service account that may act for it (domain-wide delegation). */
export type MailboxAccess = {
  mailboxId: string
  /** The account that is read; the subject of a delegated token. */
  address: string
  access: 'refresh_token' | 'service_account'
  /** The refresh token, or the service account's JSON key. */
  secret: string
}

export type TokenSettings = {
  tokenUrl: string
  clientId: string
  clientSecret: string
  timeoutMs: number
  clock: Clock
}

/** `fresh`: fetched for this call. */
export type AccessToken = { token: string; fresh: boolean }

export type AccessTokens = { of(mailbox: MailboxAccess): Promise<AccessToken>; forget(mailbox: MailboxAccess): void }

/** What we ask a delegated token for: reading, sending and drafts are in modify, aliases in settings.basic. */
export const GMAIL_SCOPES = [
  'https://www.googleapis.com/auth/gmail.modify',
  'https://www.googleapis.com/auth/gmail.settings.basic',
]

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().default(3_600) })
const TokenError = z.object({ error: z.string() })
const ServiceAccountKey = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
})

const EARLY_MS = 60_000

/** One token per mailbox and secret, until a minute before it ends; callers at the same moment share one request. */
export function accessTokens(settings: TokenSettings): AccessTokens {
  const kept = new Map<string, { token: Promise<string>; until: number }>()
  const keyOf = (mailbox: MailboxAccess) =>
    `${mailbox.mailboxId}/${createHash('sha256').update(`${mailbox.address}/${mailbox.secret}`).digest('base64')}`

  return {
    async of(mailbox) {
      const key = keyOf(mailbox)
      const found = kept.get(key)
      if (found && found.until > settings.clock.now().getTime()) return { token: await found.token, fresh: false }
      const entry = { token: Promise.resolve(''), until: Number.POSITIVE_INFINITY }
      entry.token = fetchToken(settings, mailbox).then(({ access_token, expires_in }) => {
        entry.until = settings.clock.now().getTime() + expires_in * 1_000 - EARLY_MS
        return access_token
      })
      kept.set(key, entry)
      try {
        return { token: await entry.token, fresh: true }
      } catch (error) {
        kept.delete(key)
        throw error
      }
    },
    forget: (mailbox) => {
      kept.delete(keyOf(mailbox))
    },
  }
}

async function fetchToken(settings: TokenSettings, mailbox: MailboxAccess): Promise<z.infer<typeof Token>> {
  const grant =
    mailbox.access === 'refresh_token'
      ? refreshGrant(settings, mailbox.secret)
      : await assertionGrant(settings, mailbox)
  const response = await fetch(settings.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams(grant),
    signal: AbortSignal.timeout(settings.timeoutMs),
  }).catch((error: unknown) => {
    throw new GmailUnavailable("Google's sign-in cannot be reached right now.", { cause: error })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return Token.parse(body)
  throw refused(response, body, settings.clock.now())
}

const refreshGrant = (settings: TokenSettings, refreshToken: string): Record<string, string> => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  client_id: settings.clientId,
  client_secret: settings.clientSecret,
})

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
async function assertionGrant(
  settings: TokenSettings,
  { address, secret }: MailboxAccess,
): Promise<Record<string, string>> {
  const account = ServiceAccountKey.parse(JSON.parse(secret))
  const now = Math.floor(settings.clock.now().getTime() / 1_000)
  const assertion = await new SignJWT({ scope: GMAIL_SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(account.private_key_id && { kid: account.private_key_id }) })
    .setIssuer(account.client_email)
    .setSubject(address)
    .setAudience(settings.tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + 3_600)
    .sign(await importPKCS8(account.private_key, 'RS256'))
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }
}

const LOST: Record<string, AccessProblem> = {
  invalid_grant: 'revoked',
  unauthorized_client: 'delegation_denied',
  access_denied: 'delegation_denied',
  invalid_scope: 'scope_missing',
  invalid_client: 'unknown_client',
}

function refused(response: Response, body: unknown, now: Date): Error {
  const parsed = TokenError.safeParse(body)
  const problem = parsed.success ? LOST[parsed.data.error] : undefined
  if (problem && response.status < 500) return new GmailAccessLost(problem)
  const retryAfter = secondsOf(response.headers.get('retry-after'), now)
  return new GmailUnavailable(
    `Google's sign-in is not available right now (${response.status}).`,
    retryAfter === undefined ? {} : { retryAfter },
  )
}
