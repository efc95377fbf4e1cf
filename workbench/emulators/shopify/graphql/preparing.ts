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
  const document = ground.documents.read(request.query, () => validDocument(ground, request.query))
  if (Array.isArray(document)) return document
  const operation = getOperationAST(document, request.operationName)
  if (!operation) return [refusal('operationNameMissing', 'An operation name is required')]
  return { schema, document, operation, variables: request.variables, names: namesIn(operation) }
}

function validDocument(ground: Ground, query: string): DocumentNode | GraphQLError[] {
  const document = documentIn(query)
  if (document instanceof GraphQLError) return [document]
  const errors = validate(ground.schema.graphql, document, [...specifiedRules, withoutVanished(ground)])
  return errors.length > 0 ? errors.map((error) => inShopifysWords(error, document)) : document
}

export type Documents = ReturnType<typeof documentsOf>

/** Documents that were read before: an app sends the same few over and over. */
export function documentsOf() {
  const read = new Map<string, DocumentNode | GraphQLError[]>()
  return {
    read(query: string, make: () => DocumentNode | GraphQLError[]) {
      const document = read.get(query) ?? make()
      if (read.size > KEPT) read.clear()
      read.set(query, document)
      return document
    },
    /** The schema changed. */
    forget: () => read.clear(),
  }
}

const KEPT = 500

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
