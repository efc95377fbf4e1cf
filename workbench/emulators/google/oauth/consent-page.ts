import type { Answer } from '../../http/router.ts'
import type { User } from '../directory.ts'
import { OAuthError } from '../error.ts'
import type { Ground } from '../ground.ts'
import { type Consent, consentTo } from './grants.ts'

/** "Choose an account": one click is the consent. A known login_hint with prompt=none skips the page. */
export function authorize(ground: Ground, consents: Map<string, Consent>, query: URLSearchParams): Answer {
  const asked = requestIn(ground, query)
  const chosen = query.get('account') ?? (query.get('prompt') === 'none' ? query.get('login_hint') : null)
  const user = chosen ? ground.directory.user(chosen) : undefined
  if (user)
    return back(asked.redirectUri, {
      code: consentTo(ground, consents, user, asked),
      scope: asked.scopes.join(' '),
      ...stateIn(query),
    })
  if (query.get('deny')) return back(asked.redirectUri, { error: 'access_denied', ...stateIn(query) })
  if (query.get('prompt') === 'none') return back(asked.redirectUri, { error: 'login_required', ...stateIn(query) })
  return { html: page(ground.directory.users(), asked.scopes, query) }
}

function requestIn({ directory }: Ground, query: URLSearchParams): Omit<Consent, 'email' | 'expires'> {
  const client = directory.seed.oauthClients?.find(({ id }) => id === query.get('client_id'))
  if (!client) throw new OAuthError('invalid_client', 'The OAuth client was not found.', 401)
  const redirectUri = query.get('redirect_uri') ?? ''
  const fits = client.redirectUris?.includes(redirectUri) || (client.type === 'installed' && isLoopback(redirectUri))
  if (!fits)
    throw new OAuthError('redirect_uri_mismatch', `The redirect URI ${redirectUri} is not registered for this client.`)
  if (query.get('response_type') !== 'code')
    throw new OAuthError('unsupported_response_type', 'Only response_type=code.')
  const scopes = (query.get('scope') ?? '').split(/[ +]/).filter(Boolean)
  if (scopes.length === 0) throw new OAuthError('invalid_request', 'Missing required parameter: scope')
  const challenge = query.get('code_challenge')
  const nonce = query.get('nonce')
  return {
    clientId: client.id,
    redirectUri,
    scopes,
    ...(challenge ? { challenge, method: query.get('code_challenge_method') ?? 'plain' } : {}),
    ...(nonce ? { nonce } : {}),
    offline: client.type === 'installed' || query.get('access_type') === 'offline',
  }
}

const isLoopback = (uri: string) => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/.*)?$/.test(uri)

const stateIn = (query: URLSearchParams) => {
  const state = query.get('state')
  return state === null ? {} : { state }
}

function back(uri: string, params: Record<string, string>): Answer {
  const target = new URL(uri)
  for (const [name, value] of Object.entries(params)) target.searchParams.set(name, value)
  return { status: 302, headers: { location: target.href } }
}

function page(users: User[], scopes: string[], query: URLSearchParams) {
  const link = (name: string, value: string) => escaped(`?${new URLSearchParams([...query, [name, value]])}`)
  const choices = users.map(
    (user) =>
      `<li><a href="${link('account', user.email)}">${escaped(user.name)} <small>${escaped(user.email)}</small></a></li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Choose an account (emulation)</title>
<style>body{font:16px system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem}li{margin:.75rem 0}small{color:#555;display:block}</style>
<h1>Choose an account</h1><p>Emulation of Google sign-in. The app asks for:</p>
<ul>${scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join('')}</ul>
<ul>${choices.join('')}</ul><p><a href="${link('deny', '1')}">Cancel</a></p></html>`
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
