import { createHash, randomBytes } from 'node:crypto'
import type { User } from '../directory.ts'
import { OAuthError } from '../error.ts'
import type { Ground } from '../ground.ts'
import type { SeedOAuthClient } from '../seed.ts'
import { identityToken } from './identity.ts'
import { claimsOf, verified } from './jwt.ts'
import { ACCESS_SECONDS } from './tokens.ts'

/** An authorization that a user gave and a client has not yet exchanged. */
export interface Consent {
  email: string
  clientId: string
  redirectUri: string
  scopes: string[]
  challenge?: string
  method?: string
  nonce?: string
  offline: boolean
  expires: number
}

export type Form = URLSearchParams

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const TOKEN_URL = 'https://oauth2.googleapis.com/token'

export function clientIn(ground: Ground, form: Form, authorization = ''): SeedOAuthClient {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization)?.[1]
  const [basicId, basicSecret] = basic ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent) : []
  const id = basicId ?? form.get('client_id')
  const client = ground.directory.seed.oauthClients?.find((known) => known.id === id)
  if (!client) throw new OAuthError('invalid_client', 'The OAuth client was not found.', 401)
  const secret = basicSecret ?? form.get('client_secret')
  if (client.secret !== undefined && client.secret !== secret)
    throw new OAuthError('invalid_client', 'Unauthorized', 401)
  return client
}

export function refreshGrant({ tokens, directory }: Ground, client: SeedOAuthClient, form: Form) {
  const refresh = tokens.find('refresh', form.get('refresh_token') ?? '')
  if (!refresh || refresh.clientId !== client.id || !directory.user(refresh.email)) throw ended()
  const asked = scopesIn(form)
  if (asked.some((scope) => !refresh.scopes.includes(scope)))
    throw new OAuthError('invalid_scope', 'Some requested scopes were not granted.')
  const scopes = asked.length > 0 ? asked : refresh.scopes
  return reply(tokens.access(refresh.email, scopes, client.id).value, scopes)
}

export function codeGrant(ground: Ground, consents: Map<string, Consent>, client: SeedOAuthClient, form: Form) {
  const consent = consents.get(form.get('code') ?? '')
  consents.delete(form.get('code') ?? '')
  const now = ground.clock.now().getTime()
  if (!consent || consent.clientId !== client.id || consent.expires <= now)
    throw new OAuthError('invalid_grant', 'Malformed auth code.')
  if (consent.redirectUri !== form.get('redirect_uri')) throw new OAuthError('redirect_uri_mismatch', 'Bad Request')
  if (!provesKey(consent, form.get('code_verifier') ?? ''))
    throw new OAuthError('invalid_grant', 'Invalid code verifier.')
  const { email, scopes } = consent
  const access = ground.tokens.access(email, scopes, client.id)
  const refresh = consent.offline ? { refresh_token: ground.tokens.refresh(email, scopes, client.id).value } : {}
  return { ...reply(access.value, scopes), ...refresh, ...identityFor(ground, consent, client) }
}

/** A service account that signs for itself, and may speak for a user where the administrator delegated the scopes. */
export function assertionGrant({ tokens, directory, clock }: Ground, form: Form, tokenUrl: string) {
  const assertion = form.get('assertion') ?? ''
  const { iss, sub, scope = '', aud, iat, exp } = claimsOf(assertion) ?? {}
  const account = directory.seed.serviceAccounts?.find((known) => known.email === iss)
  if (!account) throw new OAuthError('invalid_grant', 'Invalid grant: account not found')
  if (!verified(assertion, account.publicKey)) throw new OAuthError('invalid_grant', 'Invalid JWT Signature.')
  const now = clock.now().getTime() / 1000
  const timely =
    typeof iat === 'number' && typeof exp === 'number' && exp > now - 300 && iat < now + 300 && exp - iat <= 3600
  if (!timely)
    throw new OAuthError(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    )
  if (aud !== tokenUrl && aud !== TOKEN_URL) throw new OAuthError('invalid_grant', 'Invalid JWT: wrong audience.')
  const scopes = String(scope).split(' ').filter(Boolean)
  if (typeof sub !== 'string' || sub === account.email)
    return reply(tokens.access(account.email, scopes, account.clientId).value, scopes)
  const user = directory.user(sub)
  if (!user) throw new OAuthError('invalid_grant', 'Invalid email or User ID')
  if (scopes.length === 0 || scopes.some((wanted) => !account.scopes.includes(wanted))) {
    throw new OAuthError(
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
      401,
    )
  }
  return reply(tokens.access(user.email, scopes, account.clientId).value, scopes)
}

export function consentTo(
  ground: Ground,
  consents: Map<string, Consent>,
  user: User,
  consent: Omit<Consent, 'email' | 'expires'>,
): string {
  const code = `4/0A${randomBytes(45).toString('base64url')}`
  consents.set(code, { ...consent, email: user.email, expires: ground.clock.now().getTime() + 600_000 })
  return code
}

function provesKey({ challenge, method }: Consent, verifier: string) {
  if (!challenge) return true
  return challenge === (method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier)
}

function identityFor(ground: Ground, { email, scopes, nonce }: Consent, client: SeedOAuthClient) {
  const user = ground.directory.user(email)
  if (!user || !scopes.includes('openid')) return {}
  const { sub, hd, name } = user
  const extra = { name, ...(nonce ? { nonce } : {}) }
  return { id_token: identityToken(ground.key, { email, sub, hd, aud: client.id, extra }, ground.clock) }
}

const reply = (access_token: string, scopes: string[]) => ({
  access_token,
  expires_in: ACCESS_SECONDS,
  scope: scopes.join(' '),
  token_type: 'Bearer',
})

const scopesIn = (form: Form) => (form.get('scope') ?? '').split(' ').filter(Boolean)

const ended = () => new OAuthError('invalid_grant', 'Token has been expired or revoked.')
