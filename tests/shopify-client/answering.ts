import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { adminSchema } from '../../workbench/emulators/shopify/schema/schema.ts'

/** `nothing`: whatever may be null is null. `empty`: objects are there, and what may be null in them is null. */
export type Barest = 'nothing' | 'empty'

/** The least that Shopify's schema allows as an answer to a query: every field that is asked for, and null where null may be. */
export function barestAnswer(query: string, barest: Barest): Record<string, unknown> {
  const document = parse(query)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const root = adminSchema().graphql.getQueryType()
  if (!operation || !root) throw new Error('there is no query')
  const making = { fragments, barest }
  return objectOf(making, root, operation.selectionSet, (type, selections) => some(making, type, selections))
}

type Making = { fragments: Map<string, FragmentDefinitionNode>; barest: Barest }
type Make = (type: GraphQLOutputType, selections: SelectionSetNode | undefined) => unknown

/** The value of a field that may be null, or not. */
function maybe(making: Making, type: GraphQLOutputType, selections: SelectionSetNode | undefined): unknown {
  const mayBeNull = !isNonNullType(type) && (making.barest === 'nothing' || isLeafType(type))
  return mayBeNull ? null : some(making, type, selections)
}

function some(making: Making, given: GraphQLOutputType, selections: SelectionSetNode | undefined): unknown {
  const type = isNonNullType(given) ? given.ofType : given
  if (isListType(type)) return [some(making, type.ofType, selections)]
  if (isLeafType(type)) return LEAVES[type.name] ?? 'SOMETHING'
  if (!selections) throw new Error(`${type} without a selection`)
  return objectOf(making, objectTypeOf(type), selections, (field, inner) => maybe(making, field, inner))
}

function objectTypeOf(type: GraphQLOutputType): GraphQLObjectType {
  const named = getNamedType(type)
  if (isObjectType(named)) return named
  const possible = isAbstractType(named) ? adminSchema().graphql.getPossibleTypes(named) : []
  const chosen = possible.find(({ name }) => name === 'Order') ?? possible[0]
  if (!chosen) throw new Error(`nothing is a ${named}`)
  return chosen
}

function objectOf({ fragments }: Making, type: GraphQLObjectType, { selections }: SelectionSetNode, make: Make) {
  const made: Record<string, unknown> = {}
  const take = (set: SelectionSetNode['selections']): void => {
    for (const selection of set) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        made[name] = fieldOf(type, name, (field) => make(field, selection.selectionSet))
        continue
      }
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const condition = part?.typeCondition?.name.value ?? type.name
      if (part && fits(type, condition)) take(part.selectionSet.selections)
    }
  }
  take(selections)
  return made
}

function fieldOf(type: GraphQLObjectType, name: string, make: (type: GraphQLOutputType) => unknown): unknown {
  if (name === '__typename') return type.name
  if (name === 'id') return `gid://shopify/${type.name}/1`
  const field = type.getFields()[name]
  if (!field) throw new Error(`${type.name} has no ${name}`)
  return make(field.type)
}

const fits = (type: GraphQLObjectType, condition: string): boolean =>
  type.name === condition || type.getInterfaces().some(({ name }) => name === condition)

const LEAVES: Record<string, unknown> = {
  Boolean: false,
  Int: 1,
  UnsignedInt64: '1',
  Decimal: '1.0',
  Money: '1.00',
  DateTime: '2026-11-21T10:00:00Z',
  CurrencyCode: 'EUR',
  URL: 'https://fern.example/',
}
