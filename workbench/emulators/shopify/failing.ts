import type { Answer, Call } from '../http/router.ts'
import { frozen, gatewayTrouble, ShopifyRefusal, tooMany, unknownToken } from './answers.ts'
import type { FaultKind } from './faults.ts'
import type { GraphqlAnswer } from './graphql/executing.ts'
import { refusal } from './graphql/refusal.ts'
import type { Ground } from './ground.ts'

/** Does a call's work with what is to fail before or after it. */
export function failing(
  ground: Ground,
  call: Call,
  fault: FaultKind | undefined,
  work: () => Answer,
): Answer | Promise<Answer> {
  return failBefore(ground, call, fault) ?? failAfter(fault, work)
}

export const tokenIn = (call: Call) => String(call.headers['x-shopify-access-token'] ?? '')

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

function failAfter(fault: FaultKind | undefined, work: () => Answer): Answer | Promise<Answer> {
  const answer = settled(work)
  if (fault === 'drop-after') return { hangUp: true }
  if (fault === 'hang-after') return new Promise(() => undefined)
  if (fault === '502-after') throw gatewayTrouble(502)
  if (fault === 'broken-json') return { html: '<html>', headers: { 'content-type': 'application/json' } }
  if (fault === 'partial') return { ...answer, json: withError(answer.json as GraphqlAnswer, PARTIAL) }
  if (fault === 'internal-error') return { ...answer, json: withError({}, INTERNAL) }
  return answer
}

/** A refusal is an answer too, and can be lost on its way. */
function settled(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (error instanceof ShopifyRefusal) return error.answer
    throw error
  }
}

const PARTIAL = refusal('ACCESS_DENIED', 'Access denied for a field of this answer.')
const INTERNAL = refusal('INTERNAL_SERVER_ERROR', 'Internal error. Looks like something went wrong on our end.')

/** Good data beside a top-level error, or the error alone. */
const withError = (answer: GraphqlAnswer, error: ReturnType<typeof refusal>): GraphqlAnswer => ({
  ...answer,
  errors: [...(answer.errors ?? []), error.toJSON()],
})
