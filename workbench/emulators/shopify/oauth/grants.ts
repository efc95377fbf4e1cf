import type { Answer } from '../../http/router.ts'
import { oauthError } from '../answers.ts'
import type { Ground } from '../ground.ts'
import type { SeedApp } from '../seed.ts'
import type { Shop } from '../shop.ts'
import type { Entry, Installation } from '../store/entries.ts'
import { DAY, HOUR, newToken, QUARTER, tokenOf } from './tokens.ts'

/** POST /admin/oauth/access_token: the fields of the form or of the JSON body. */
export function grant(ground: Ground, shop: Shop, form: Record<string, string>): Answer {
  const app = appIn(ground, form)
  if (form['grant_type'] === 'client_credentials') return { json: clientCredentials(ground, shop, app) }
  if (form['grant_type'] === 'refresh_token') return { json: refresh(ground, shop, app, form['refresh_token'] ?? '') }
  if (form['code']) return { json: exchange(ground, shop, app, form) }
  throw oauthError('unsupported_grant_type', `The grant type ${form['grant_type'] ?? '(none)'} is not supported.`)
}

function appIn(ground: Ground, form: Record<string, string>): SeedApp {
  const app = ground.app(form['client_id'] ?? '')
  if (!app) throw oauthError('application_cannot_be_found', 'The application cannot be found.')
  if (app.clientSecret !== form['client_secret'])
    throw oauthError('invalid_client', 'The client secret is invalid.', 401)
  return app
}

/** For an own shop. The first grant installs the app with the scopes of its released version; one that was removed stays out. */
function clientCredentials(ground: Ground, shop: Shop, app: SeedApp) {
  if (app.organisation !== shop.seed.organisation)
    throw oauthError('shop_not_permitted', 'Client credentials cannot be performed on this shop.')
  if (shop.state.removed.has(app.clientId))
    throw oauthError('app_not_installed', 'The application is not installed on this shop.')
  const standing = shop.state.installations.get(app.clientId)
  const installation = standing ?? { shop: shop.domain, clientId: app.clientId, scopes: app.scopes }
  const token = newToken(ground, 'access', installation, DAY)
  ground.store.commit([...(standing ? [] : [installed(installation)]), { t: 'token', token }])
  return { access_token: token.value, scope: installation.scopes.join(','), expires_in: DAY }
}

/** The merchant installed the app: a lasting token, or with expiring=1 one of an hour that can be refreshed. */
function exchange(ground: Ground, shop: Shop, app: SeedApp, form: Record<string, string>) {
  const consent = ground.codes.use(form['code'] ?? '', ground.now().getTime())
  if (!consent || consent.shop !== shop.domain || consent.clientId !== app.clientId)
    throw oauthError('invalid_request', 'The authorization code was not found or was already used.')
  const installation = { shop: shop.domain, clientId: app.clientId, scopes: consent.scopes }
  if (String(form['expiring']) === '1') return pair(ground, installation, [installed(installation)])
  const token = newToken(ground, 'access', installation, null)
  ground.store.commit([installed(installation), { t: 'token', token }])
  return { access_token: token.value, scope: consent.scopes.join(',') }
}

/**
 * Rotation: the refresh token that was used works on until the one it was exchanged for is used, so that a lost answer
 * can be asked for again.
 */
function refresh(ground: Ground, shop: Shop, app: SeedApp, value: string) {
  const used = tokenOf(ground, value, 'refresh')
  const installation = shop.state.installations.get(app.clientId)
  if (!used || !installation || used.shop !== shop.domain || used.clientId !== app.clientId)
    throw oauthError('invalid_grant', 'The refresh token is invalid, expired or revoked.')
  const ended: Entry[] = used.replaces ? [{ t: 'tokenGone', value: used.replaces }] : []
  return pair(ground, installation, ended, used.value)
}

function pair(ground: Ground, installation: Installation, entries: Entry[], replaces?: string) {
  const access = newToken(ground, 'access', installation, HOUR)
  const next = newToken(ground, 'refresh', installation, QUARTER, replaces ? { replaces } : {})
  ground.store.commit([...entries, { t: 'token', token: access }, { t: 'token', token: next }])
  return {
    access_token: access.value,
    scope: installation.scopes.join(','),
    expires_in: HOUR,
    refresh_token: next.value,
    refresh_token_expires_in: QUARTER,
  }
}

const installed = (installation: Installation): Entry => ({ t: 'installed', installation })
