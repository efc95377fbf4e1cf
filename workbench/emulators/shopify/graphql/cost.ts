import { type FieldNode, type GraphQLObjectType, getNamedType, isLeafType, type SelectionSetNode } from 'graphql'
import type { Prepared } from './preparing.ts'
import { selectedIn } from './selecting.ts'

/** Points of a mutation before its answer is counted; facts/shopify-meta.md section 3.1. */
const MUTATION = 10

/** What a call asks for at most, in points. */
export const requestedCost = (prepared: Prepared): number => costOfRoot(prepared, UNKNOWN)

/** What a call cost once its answer is known: pages count by what was on them, missing objects not at all. */
export const actualCost = (prepared: Prepared, data: unknown): number => costOfRoot(prepared, data ?? null)

/** Stands for an answer that is not there yet. */
const UNKNOWN = undefined

function costOfRoot(prepared: Prepared, data: unknown): number {
  const { schema, operation } = prepared
  const mutates = operation.operation === 'mutation'
  const root = (mutates ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType
  const costs = selectedIn(prepared, operation.selectionSet, root).map(({ field, name }) => {
    const cost = costOfField(prepared, root, field, partOf(data, name))
    return mutates ? MUTATION + Math.max(0, cost - 1) : cost
  })
  return costs.reduce((sum, cost) => sum + cost, 0)
}

function costOfField(prepared: Prepared, parent: GraphQLObjectType, field: FieldNode, value: unknown): number {
  const definition = field.name.value === '__typename' ? undefined : parent.getFields()[field.name.value]
  const type = definition && getNamedType(definition.type)
  if (!type || isLeafType(type) || !field.selectionSet || value === null) return 0
  const object = type as GraphQLObjectType
  if (type.name.endsWith('Connection')) return costOfPage(prepared, object, field, field.selectionSet, value)
  const each = 1 + costOfParts(prepared, object, field.selectionSet, value)
  const size = sizeOf(prepared, field, value)
  return size === undefined ? each : weight(size) * each
}

/** A connection costs 2, and its nodes count less the more there are. */
function costOfPage(
  prepared: Prepared,
  type: GraphQLObjectType,
  field: FieldNode,
  set: SelectionSetNode,
  value: unknown,
): number {
  const costs = selectedIn(prepared, set, type).map(({ field: part, name }) => {
    const node = getNamedType(type.getFields()[part.name.value]?.type)
    if (!node || !part.selectionSet || !['nodes', 'edges'].includes(part.name.value)) return 0
    const inner = partOf(value, name)
    const each = costOfParts(prepared, node as GraphQLObjectType, part.selectionSet, inner)
    const size = sizeOf(prepared, field, inner) ?? 0
    return weight(size) * (part.name.value === 'nodes' ? each + 1 : each)
  })
  return 2 + Math.max(0, ...costs)
}

/** The parts of an object; of a list, those of its most costly element. */
function costOfParts(prepared: Prepared, type: GraphQLObjectType, set: SelectionSetNode, value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map((one) => costOfParts(prepared, type, set, one)))
  return selectedIn(prepared, set, type).reduce(
    (sum, { field, name, type: on }) => sum + costOfField(prepared, on, field, partOf(value, name)),
    0,
  )
}

/** How many a page has: what was asked for, and once it is known what there was. Nothing for what is no page. */
function sizeOf({ variables }: Prepared, field: FieldNode, value: unknown): number | undefined {
  const given = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value
  if (!given) return undefined
  if (Array.isArray(value)) return value.length
  if (given.kind === 'Variable') return Number(variables[given.name.value] ?? 0)
  return given.kind === 'IntValue' ? Number(given.value) : undefined
}

/** Fitted to recorded answers: 1 to 1, 3 to 2, 5 to 3, 10 to 4, 250 to 11. */
function weight(size: number): number {
  if (size <= 1) return size
  const doublings = Math.log2(size)
  return size <= 10 ? Math.ceil(doublings) : Math.round(4 + (doublings - Math.log2(10)) * 1.507)
}

function partOf(value: unknown, name: string): unknown {
  if (value === UNKNOWN || value === null) return value
  return (value as Record<string, unknown>)[name] ?? null
}
