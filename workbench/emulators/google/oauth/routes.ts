import type { Answer, Call, Route } from '../../http/router.ts'
import { OAuthError } from '../error.ts'
import { errorFor } from '../faults.ts'
import type { Ground } from '../ground.ts'
import { authorize } from './consent-page.ts'
import { assertionGrant, type Consent, clientIn, codeGrant, JWT_BEARER, refreshGrant } from './grants.ts'
import { ISSUER } from './identity.ts'
import { verified } from './jwt.ts'

/** Google's OAuth 2 and OpenID Connect endpoints, all below one base URL. */
export function oauthRoutes(ground: Ground, baseUrl: () => string): Route[] {
  const consents = new Map<string, Consent>()
  const cached = { 'cache-control': 'public, max-age=3600' }
  return [
    { method: 'GET', pattern: '/o/oauth2/v2/auth', run: ({ query }) => authorize(ground, consents, query) },
    { method: 'POST', pattern: '/token', run: (call) => token(ground, consents, call, baseUrl()) },
    { method: 'POST', pattern: '/revoke', run: (call) => revoke(ground, call) },
    { method: 'GET', pattern: '/tokeninfo', run: (call) => tokenInfo(ground, call) },
    { method: 'GET', pattern: '/oauth2/v3/userinfo', run: (call) => userInfo(ground, call) },
    { method: 'GET', pattern: '/oauth2/v3/certs', run: () => ({ json: { keys: [ground.key.jwk] }, headers: cached }) },
    {
      method: 'GET',
      pattern: '/oauth2/v1/certs',
      run: () => ({ json: { [ground.key.kid]: ground.key.publicPem }, headers: cached }),
    },
    {
      method: 'GET',
      pattern: '/.well-known/openid-configuration',
      run: () => ({ json: discovery(baseUrl()), headers: cached }),
    },
  ]
}

async function token(ground: Ground, consents: Map<string, Consent>, call: Call, baseUrl: string): Promise<Answer> {
  const fault = ground.faults.take('oauth.token', '')
  const error = fault && errorFor(fault)
  if (error) throw error
  if (fault?.kind === 'timeout') return new Promise(() => undefined)
  if (fault?.kind === 'closed') return { hangUp: true }
  const form = formIn(call)
  const json = grant(ground, consents, form, call.headers.authorization, baseUrl)
  return fault?.kind === 'lost-reply' ? { hangUp: true } : { json, headers: { 'cache-control': 'no-store' } }
}

function grant(
  ground: Ground,
  consents: Map<string, Consent>,
  form: URLSearchParams,
  authorization: string | undefined,
  baseUrl: string,
) {
  switch (form.get('grant_type')) {
    case JWT_BEARER:
      return assertionGrant(ground, form, `${baseUrl}/token`)
    case 'refresh_token':
      return refreshGrant(ground, clientIn(ground, form, authorization), form)
    case 'authorization_code':
      return codeGrant(ground, consents, clientIn(ground, form, authorization), form)
    default:
      throw new OAuthError('unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`)
  }
}

function revoke({ tokens }: Ground, call: Call): Answer {
  const value = formIn(call).get('token') ?? call.query.get('token') ?? ''
  if (!tokens.revoke(value)) throw new OAuthError('invalid_token', 'Token expired or revoked')
  return { json: {} }
}

function tokenInfo({ tokens, key, clock }: Ground, { query }: Call): Answer {
  const claims = verified(query.get('id_token') ?? '', key.publicPem)
  if (claims && Number(claims.exp) * 1000 > clock.now().getTime()) return { json: claims }
  const access = tokens.find('access', query.get('access_token') ?? '')
  if (!access) throw new OAuthError('invalid_token', 'Invalid Value')
  const expires = Math.round(((access.expires ?? 0) - clock.now().getTime()) / 1000)
  return {
    json: {
      aud: access.clientId,
      azp: access.clientId,
      scope: access.scopes.join(' '),
      expires_in: String(expires),
      email: access.email,
    },
  }
}

function userInfo({ tokens, directory }: Ground, { headers }: Call): Answer {
  const access = tokens.find('access', /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '')
  const user = access && directory.user(access.email)
  if (!user) throw new OAuthError('invalid_request', 'Invalid Credentials', 401)
  return { json: { sub: user.sub, name: user.name, email: user.email, email_verified: true, hd: user.hd } }
}

const formIn = (call: Call) => {
  const json = call.headers['content-type']?.includes('json')
    ? (JSON.parse(call.body.toString()) as Record<string, string>)
    : undefined
  return new URLSearchParams(json ?? call.body.toString())
}

const discovery = (baseUrl: string) => ({
  issuer: ISSUER,
  authorization_endpoint: `${baseUrl}/o/oauth2/v2/auth`,
  token_endpoint: `${baseUrl}/token`,
  revocation_endpoint: `${baseUrl}/revoke`,
  userinfo_endpoint: `${baseUrl}/oauth2/v3/userinfo`,
  jwks_uri: `${baseUrl}/oauth2/v3/certs`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  grant_types_supported: ['authorization_code', 'refresh_token', JWT_BEARER],
  code_challenge_methods_supported: ['plain', 'S256'],
  claims_supported: ['aud', 'email', 'email_verified', 'exp', 'hd', 'iat', 'iss', 'name', 'sub'],
})
