import { type Answer, type Call, jsonIn, type Route } from '../http/router.ts'
import { frozen, locked, notFound, ShopifyRefusal, unknownToken } from './answers.ts'
import { answerTo, type GraphqlRequest } from './graphql/executing.ts'
import { gidOf } from './graphql/gid.ts'
import type { AppSession } from './graphql/session.ts'
import { servedVersion } from './graphql/versions.ts'
import type { Ground } from './ground.ts'
import { grant } from './oauth/grants.ts'
import { tokenOf } from './oauth/tokens.ts'
import type { Shop } from './shop.ts'

/** What a shop's own host answers to apps. */
export function adminRoutes(ground: Ground): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/:shop/admin/oauth/access_token',
      run: (call) => grant(ground, shopIn(ground, call), formIn(call)),
    },
    {
      method: 'POST',
      pattern: '/:shop/admin/api/:version/graphql.json',
      run: (call) => graphql(ground, call),
    },
  ]
}

function graphql(ground: Ground, call: Call): Answer {
  const shop = shopIn(ground, call)
  const version = servedVersion(call.params['version'] ?? '')
  if (!version) throw notFound()
  const app = sessionIn(ground, shop, call)
  return { json: answerTo(requestIn(call), { shop, app }), headers: { 'x-shopify-api-version': version } }
}

/** The shop of a path; one that is frozen, locked or gone answers nothing else. */
export function shopIn(ground: Ground, call: Call): Shop {
  const shop = ground.shop(call.params['shop'] ?? '')
  if (!shop || shop.state.status === 'gone') throw notFound()
  if (shop.state.status === 'frozen') throw frozen()
  if (shop.state.status === 'locked') throw locked()
  return shop
}

function sessionIn(ground: Ground, shop: Shop, call: Call): AppSession {
  const value = String(call.headers['x-shopify-access-token'] ?? '')
  const token = tokenOf(ground, value, 'access')
  const installation = token?.shop === shop.domain ? shop.state.installations.get(token.clientId) : undefined
  const app = token && ground.app(token.clientId)
  if (!token || !installation || !app) throw unknownToken()
  return {
    id: gidOf('App', 1000 + ground.seed.apps.indexOf(app)),
    clientId: app.clientId,
    name: app.name,
    scopes: new Set(installation.scopes),
    offline: !token.online,
    token: value,
  }
}

function requestIn(call: Call): GraphqlRequest {
  const body = jsonIn(call.body)
  if (!body) throw new ShopifyRefusal(400, { errors: 'Bad Request' })
  const { query, variables, operationName } = body
  return {
    query: typeof query === 'string' ? query : '',
    variables: (variables as Record<string, unknown> | null) ?? {},
    operationName: typeof operationName === 'string' ? operationName : null,
  }
}

function formIn(call: Call): Record<string, string> {
  if (call.headers['content-type']?.includes('json')) return (jsonIn(call.body) ?? {}) as Record<string, string>
  return Object.fromEntries(new URLSearchParams(call.body.toString('utf8')))
}
