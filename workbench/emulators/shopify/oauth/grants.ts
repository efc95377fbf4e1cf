import type { Answer } from '../../http/router.ts'
import { oauthError } from '../answers.ts'
import type { Ground } from '../ground.ts'
import type { SeedApp } from '../seed.ts'
import type { Shop } from '../shop.ts'
import { accessToken } from './tokens.ts'

const DAY = 86_399

/** POST /admin/oauth/access_token: the fields of the form or of the JSON body. */
export function grant(ground: Ground, shop: Shop, form: Record<string, string>): Answer {
  const app = appIn(ground, form)
  if (form['grant_type'] === 'client_credentials') return { json: clientCredentials(ground, shop, app) }
  throw oauthError('unsupported_grant_type', `The emulator has no grant ${form['grant_type']}`)
}

function appIn(ground: Ground, form: Record<string, string>): SeedApp {
  const app = ground.app(form['client_id'] ?? '')
  if (!app || app.clientSecret !== form['client_secret'])
    throw oauthError('application_cannot_be_found', 'The application cannot be found.')
  return app
}

/** For an own shop: the app is installed by the grant itself, with the scopes of its released version. */
function clientCredentials(ground: Ground, shop: Shop, app: SeedApp) {
  if (app.organisation !== shop.seed.organisation)
    throw oauthError('shop_not_permitted', 'Client credentials cannot be performed on this shop.')
  const token = accessToken(ground, shop.domain, app.clientId, DAY)
  const installation = { shop: shop.domain, clientId: app.clientId, scopes: app.scopes }
  ground.store.commit([
    { t: 'installed', installation },
    { t: 'token', token },
  ])
  return { access_token: token.value, scope: app.scopes.join(','), expires_in: DAY }
}
