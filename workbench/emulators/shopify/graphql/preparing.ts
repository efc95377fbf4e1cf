import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { Ground } from '../ground.ts'
import { refusal } from './refusal.ts'
import { inShopifysWords } from './validation-words.ts'

export interface GraphqlRequest {
  query: string
  variables: Record<string, unknown>
  operationName: string | null
}

/** A call whose document is good. */
export interface Prepared {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Record<string, unknown>
  /** Its root fields and the operation's own name. */
  names: string[]
}

/** Reads and validates a document; its errors are all there are when it is not good. */
export function prepare(ground: Ground, request: GraphqlRequest): Prepared | GraphQLError[] {
  const schema = ground.schema.graphql
  const document = documentIn(request.query)
  if (document instanceof GraphQLError) return [document]
  const errors = validate(schema, document, [...specifiedRules, withoutVanished(ground)])
  if (errors.length > 0) return errors.map((error) => inShopifysWords(error, document))
  const operation = getOperationAST(document, request.operationName)
  if (!operation) return [refusal('operationNameMissing', 'An operation name is required')]
  return { schema, document, operation, variables: request.variables, names: namesIn(operation) }
}

function documentIn(query: string): DocumentNode | GraphQLError {
  if (query.trim() === '') return refusal('parseError', 'No query string was present')
  try {
    return parse(query)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const { message, source, positions } = error
    return new GraphQLError(message, {
      source: source ?? null,
      positions: positions ?? null,
      extensions: { code: 'parseError' },
    })
  }
}

const namesIn = ({ name, selectionSet }: OperationDefinitionNode) => [
  ...selectionSet.selections.flatMap((field) => (field.kind === 'Field' ? [field.name.value] : [])),
  ...(name ? [name.value] : []),
]

/** Fields that the schema of today no longer has, for tests of what then happens. */
const withoutVanished =
  ({ settings }: Ground): ValidationRule =>
  (context) => ({
    Field(node) {
      const coordinate = `${context.getParentType()?.name}.${node.name.value}`
      if (!settings.vanished.has(coordinate)) return
      const [type, field] = coordinate.split('.')
      context.reportError(new GraphQLError(`Cannot query field "${field}" on type "${type}".`, { nodes: node }))
    },
  })
