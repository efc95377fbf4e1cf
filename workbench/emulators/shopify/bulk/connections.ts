import {
  type FieldNode,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql'
import type { Prepared } from '../graphql/preparing.ts'
import { type Selected, selectedIn } from '../graphql/selecting.ts'

/** One selected connection of a bulk query. */
export interface SelectedConnection {
  name: string
  /** 0 for the top one. */
  depth: number
  insideList: boolean
  selectsNodes: boolean
  selectsId: boolean
  hasNested: boolean
}

export const isConnection = (type: { name: string }): boolean => type.name.endsWith('Connection')

/** Every connection that the query selects, outer ones first. */
export function connectionsIn(prepared: Prepared): SelectedConnection[] {
  const root = prepared.schema.getQueryType()
  const found: SelectedConnection[] = []
  if (root)
    walk(prepared, selectedIn(prepared, prepared.operation.selectionSet, root), { depth: 0, list: false }, found)
  return found
}

interface Where {
  depth: number
  list: boolean
}

function walk(prepared: Prepared, selection: Selected[], where: Where, found: SelectedConnection[]) {
  for (const { field, type } of selection) {
    const returned = type.getFields()[field.name.value]?.type
    const named = returned && getNamedType(returned)
    if (!returned || !named || !field.selectionSet || !isObjectType(named)) continue
    if (isConnection(named)) takeConnection(prepared, field, named, where, found)
    else {
      const list = where.list || isListType(getNullableType(returned))
      walk(prepared, selectedIn(prepared, field.selectionSet, named), { ...where, list }, found)
    }
  }
}

function takeConnection(
  prepared: Prepared,
  field: FieldNode,
  type: GraphQLObjectType,
  { depth, list }: Where,
  found: SelectedConnection[],
) {
  const selected = field.selectionSet ? selectedIn(prepared, field.selectionSet, type) : []
  const nodes = nodesOf(prepared, selected)
  const connection: SelectedConnection = {
    name: field.name.value,
    depth,
    insideList: list,
    selectsNodes: selected.some((one) => one.field.name.value === 'nodes'),
    selectsId: nodes.some(({ field: one }) => one.name.value === 'id' && !one.alias),
    hasNested: false,
  }
  found.push(connection)
  const before = found.length
  walk(prepared, nodes, { depth: depth + 1, list: false }, found)
  connection.hasNested = found.length > before
}

/** What is selected on each node, by way of `edges { node {`. */
const nodesOf = (prepared: Prepared, connection: Selected[]): Selected[] =>
  within(prepared, within(prepared, connection, 'edges'), 'node')

function within(prepared: Prepared, selection: Selected[], name: string): Selected[] {
  return selection
    .filter(({ field }) => field.name.value === name)
    .flatMap(({ field, type }) => {
      const of = type.getFields()[name]?.type
      const named = of && getNamedType(of)
      return field.selectionSet && isObjectType(named) ? selectedIn(prepared, field.selectionSet, named) : []
    })
}
