import { type DocumentNode, execute, GraphQLError, parse, specifiedRules, validate } from 'graphql'
import { resolveField, resolveType } from './resolving.ts'
import type { Ctx, SearchWarning } from './resource.ts'

export interface GraphqlRequest {
  query: string
  variables: Record<string, unknown>
  operationName: string | null
}

export interface GraphqlAnswer {
  data?: unknown
  errors?: unknown[]
  extensions?: Record<string, unknown>
}

/** Answers one call as Shopify does: always HTTP 200, errors inside. */
export function answerTo(request: GraphqlRequest, session: Omit<Ctx, 'warn'>): GraphqlAnswer {
  const schema = session.shop.ground.schema.graphql
  const document = documentOf(request.query)
  if (document instanceof GraphQLError) return { errors: [document.toJSON()] }
  const errors = validate(schema, document, specifiedRules)
  if (errors.length > 0) return { errors: errors.map((error) => error.toJSON()) }
  const warnings: SearchWarning[] = []
  const result = execute({
    schema,
    document,
    contextValue: { ...session, warn: (warning: SearchWarning) => void warnings.push(warning) },
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField as never,
    typeResolver: resolveType as never,
  })
  if (result instanceof Promise) throw new Error('a resolver of the emulator returned a promise')
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {}),
    extensions: { ...(warnings.length > 0 ? { search: warnings } : {}) },
  }
}

function documentOf(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}
