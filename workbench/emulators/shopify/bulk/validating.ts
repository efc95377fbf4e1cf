import { type Prepared, prepare } from '../graphql/preparing.ts'
import { type UserError, userError } from '../graphql/refusal.ts'
import { selectedIn } from '../graphql/selecting.ts'
import type { Ground } from '../ground.ts'
import { connectionsIn, type SelectedConnection } from './connections.ts'

/** Reads a bulk query, or says in Shopify's recorded words why it cannot be run. */
export function bulkQuery(ground: Ground, query: string): Prepared | UserError[] {
  if (query.trim() === '') return [invalid('Invalid bulk query: syntax error, unexpected end of file')]
  const prepared = prepare(ground, { query, variables: {}, operationName: null })
  if (Array.isArray(prepared)) return [invalid(`Invalid bulk query: ${prepared[0]?.message}`)]
  if (prepared.operation.operation !== 'query')
    return [invalid('Invalid operation type. Only `query` operations are supported.')]
  const messages = problems(prepared, connectionsIn(prepared))
  return messages.length > 0 ? messages.map(invalid) : prepared
}

const invalid = (message: string) => userError('query', message, 'INVALID')

function problems(prepared: Prepared, connections: SelectedConnection[]): string[] {
  const top = topFields(prepared)
  const withNodes = connections.filter(({ selectsNodes }) => selectsNodes).map(({ name }) => name)
  const withoutId = connections.filter(({ hasNested, selectsId }) => hasNested && !selectsId).map(({ name }) => name)
  const found = [
    ...(withNodes.length > 0 ? [nodesWords(withNodes)] : []),
    ...top
      .filter((name) => name === 'node' || name === 'nodes')
      .map((name) => `Bulk queries cannot contain a top level \`${name}\` field.`),
    ...(top.length > 1 ? ['Bulk queries can only contain a single top level field.'] : []),
    ...(connections.some(({ depth }) => depth > 2)
      ? ['Bulk queries cannot contain connections with a nesting depth greater than 2.']
      : []),
    ...(connections.length > 5 ? ['Bulk queries cannot contain more than 5 connections.'] : []),
    ...(withoutId.length > 0 ? [idWords(withoutId)] : []),
    ...(connections.some(({ insideList }) => insideList)
      ? ['Queries that contain a connection field within a list field are not currently supported.']
      : []),
    ...(connections.length === 0 ? ['Bulk queries must contain at least one connection.'] : []),
  ]
  if (found.length > 0 || top[0] === connections[0]?.name) return found
  return ['The emulator runs only bulk queries whose top level field is a connection.']
}

function topFields(prepared: Prepared): string[] {
  const root = prepared.schema.getQueryType()
  const selected = root ? selectedIn(prepared, prepared.operation.selectionSet, root) : []
  return selected.map(({ field }) => field.name.value)
}

const nodesWords = (names: string[]) =>
  "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: " +
  `'${names[0]} { edges { node {'. Selecting via 'nodes' is not supported. ` +
  `Invalid connection fields: '${names.join("', '")}'.`

const idWords = (names: string[]) =>
  "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' " +
  `return type. Connection fields without 'id': ${names.join(', ')}.`
