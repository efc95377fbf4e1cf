import { type Answer, type Call, jsonIn } from '../http/router.ts'
import { notFound, ShopifyRefusal, unknownToken } from './answers.ts'
import { catchUp } from './due.ts'
import { failing, tokenIn } from './failing.ts'
import { answerTo, onlyErrors } from './graphql/executing.ts'
import { gidOf } from './graphql/gid.ts'
import { type GraphqlRequest, prepare } from './graphql/preparing.ts'
import type { AppSession } from './graphql/session.ts'
import { servedVersion } from './graphql/versions.ts'
import type { Ground } from './ground.ts'
import { tokenOf } from './oauth/tokens.ts'
import type { Shop } from './shop.ts'

/** POST graphql.json: who calls, what is to fail, then the answer. */
export function graphql(ground: Ground, shop: Shop, call: Call): Answer | Promise<Answer> {
  const version = servedVersion(call.params['version'] ?? '')
  if (!version) throw notFound()
  const prepared = prepare(ground, requestIn(call))
  const fault = ground.faults.take(shop.domain, Array.isArray(prepared) ? [] : prepared.names)
  return failing(ground, call, fault, () => {
    const app = sessionIn(ground, shop, call)
    catchUp(shop)
    const answer = Array.isArray(prepared)
      ? onlyErrors(prepared)
      : answerTo(prepared, { shop, app, keyInUse: fault === 'in-progress' }, fault === 'throttle')
    return { json: answer, headers: { 'x-shopify-api-version': version } }
  })
}

/** The app whose token came with a call. */
export function sessionIn(ground: Ground, shop: Shop, call: Call): AppSession {
  const token = tokenOf(ground, tokenIn(call), 'access')
  const installation = token?.shop === shop.domain ? shop.state.installations.get(token.clientId) : undefined
  const app = token && ground.app(token.clientId)
  if (!token || !installation || !app) throw unknownToken()
  return {
    id: gidOf('App', 1000 + ground.seed.apps.indexOf(app)),
    clientId: app.clientId,
    name: app.name,
    scopes: new Set(installation.scopes),
    offline: !token.online,
    token: token.value,
  }
}

function requestIn(call: Call): GraphqlRequest {
  const body = jsonIn(call.body)
  const { query, variables, operationName } = body ?? {}
  if (!body || !['object', 'undefined'].includes(typeof variables))
    throw new ShopifyRefusal(400, { errors: 'Bad Request' })
  return {
    query: typeof query === 'string' ? query : '',
    variables: (variables as Record<string, unknown> | null) ?? {},
    operationName: typeof operationName === 'string' ? operationName : null,
  }
}
