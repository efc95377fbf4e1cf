import { execute, type GraphQLError } from 'graphql'
import { actualCost, requestedCost } from './cost.ts'
import type { Prepared } from './preparing.ts'
import { resolveField, resolveType } from './resolving.ts'
import type { Ctx, SearchWarning } from './resource.ts'
import { MOST_POINTS, throttled, tooCostly } from './throttling.ts'
import { variableErrors } from './variables.ts'

export interface GraphqlAnswer {
  data?: unknown
  errors?: unknown[]
  extensions?: Record<string, unknown>
}

export const onlyErrors = (errors: readonly GraphQLError[]): GraphqlAnswer => ({
  errors: errors.map((error) => error.toJSON()),
})

/** Answers a good document as Shopify does: its variables, its price, then the work. Always HTTP 200, errors inside. */
export function answerTo(prepared: Prepared, session: Omit<Ctx, 'warn'>, throttle = false): GraphqlAnswer {
  const { shop, app } = session
  const { buckets } = shop.ground
  const errors = variableErrors(prepared)
  if (errors.length > 0) return onlyErrors(errors)
  const requested = requestedCost(prepared)
  if (requested > MOST_POINTS) return onlyErrors([tooCostly(requested)])
  const costing = (actual: number | null) => ({
    cost: {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: buckets.statusOf(shop, app.clientId),
    },
  })
  if (throttle || !buckets.fits(shop, app.clientId, requested))
    return { ...onlyErrors([throttled()]), extensions: costing(null) }
  const warnings: SearchWarning[] = []
  const result = run(prepared, { ...session, warn: (warning) => void warnings.push(warning) })
  const actual = Math.min(requested, actualCost(prepared, result.data))
  buckets.take(shop, app.clientId, actual)
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {}),
    extensions: { ...costing(actual), ...(warnings.length > 0 ? { search: warnings } : {}) },
  }
}

function run({ schema, document, operation, variables }: Prepared, contextValue: Ctx) {
  const result = execute({
    schema,
    document,
    contextValue,
    variableValues: variables,
    operationName: operation.name?.value ?? null,
    fieldResolver: resolveField as never,
    typeResolver: resolveType as never,
  })
  if (result instanceof Promise) throw new Error('a resolver of the emulator returned a promise')
  for (const error of result.errors ?? []) if (isOurs(error)) throw error.originalError
  return result
}

/** A bug of the emulator is not an answer of Shopify. */
const isOurs = ({ originalError }: GraphQLError) =>
  originalError !== undefined && originalError !== null && originalError.name !== 'GraphQLError'
