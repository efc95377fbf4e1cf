import { type Answer, type Call, jsonIn } from '../http/router.ts'
import { frozen, gatewayTrouble, notFound, ShopifyRefusal, tooMany, unknownToken } from './answers.ts'
import type { FaultKind } from './faults.ts'
import { answerTo, type GraphqlAnswer, onlyErrors } from './graphql/executing.ts'
import { gidOf } from './graphql/gid.ts'
import { type GraphqlRequest, prepare } from './graphql/preparing.ts'
import { refusal } from './graphql/refusal.ts'
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
  const instead = failBefore(ground, call, fault)
  if (instead) return instead
  const app = sessionIn(ground, shop, call)
  const answer = Array.isArray(prepared)
    ? onlyErrors(prepared)
    : answerTo(prepared, { shop, app, keyInUse: fault === 'in-progress' }, fault === 'throttle')
  return failAfter(fault, { json: answer, headers: { 'x-shopify-api-version': version } })
}

function failBefore(ground: Ground, call: Call, fault: FaultKind | undefined): Answer | Promise<Answer> | undefined {
  switch (fault) {
    case 'drop-before':
      return { hangUp: true }
    case 'hang':
      return new Promise(() => undefined)
    case '502-before':
      throw gatewayTrouble(502)
    case '503':
      throw gatewayTrouble(503)
    case '429':
      throw tooMany()
    case 'frozen':
      throw frozen()
    case 'token-revoked':
      ground.store.commit([{ t: 'tokenGone', value: tokenIn(call) }])
      throw unknownToken()
    default:
      return undefined
  }
}

function failAfter(fault: FaultKind | undefined, answer: Answer): Answer | Promise<Answer> {
  if (fault === 'drop-after') return { hangUp: true }
  if (fault === 'hang-after') return new Promise(() => undefined)
  if (fault === '502-after') throw gatewayTrouble(502)
  if (fault === 'broken-json') return { html: '<html>', headers: { 'content-type': 'application/json' } }
  if (fault === 'partial') return { ...answer, json: withError(answer.json as GraphqlAnswer, 'ACCESS_DENIED') }
  if (fault === 'internal-error') return { ...answer, json: withError({}, 'INTERNAL_SERVER_ERROR') }
  return answer
}

/** Good data beside a top-level error, or the error alone. */
function withError(answer: GraphqlAnswer, code: string): GraphqlAnswer {
  const words =
    code === 'ACCESS_DENIED'
      ? 'Access denied for a field of this answer.'
      : 'Internal error. Looks like something went wrong on our end.'
  return { ...answer, errors: [...(answer.errors ?? []), refusal(code, words).toJSON()] }
}

const tokenIn = (call: Call) => String(call.headers['x-shopify-access-token'] ?? '')

function sessionIn(ground: Ground, shop: Shop, call: Call): AppSession {
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
  if (!body) throw new ShopifyRefusal(400, { errors: 'Bad Request' })
  const { query, variables, operationName } = body
  return {
    query: typeof query === 'string' ? query : '',
    variables: (variables as Record<string, unknown> | null) ?? {},
    operationName: typeof operationName === 'string' ? operationName : null,
  }
}
