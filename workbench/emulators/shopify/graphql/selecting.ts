import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  isCompositeType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Prepared } from './preparing.ts'

export interface Selected {
  field: FieldNode
  /** Its name in the answer. */
  name: string
  /** The type it is selected on: that of a fragment inside it. */
  type: GraphQLObjectType
}

/** The fields of a selection, fragments opened and what `@skip` and `@include` take away left out. */
export function selectedIn(prepared: Prepared, set: SelectionSetNode, type: GraphQLObjectType): Selected[] {
  return set.selections.flatMap((selection): Selected[] => {
    if (!isIncluded(prepared, selection)) return []
    if (selection.kind === 'Field') return [{ field: selection, name: (selection.alias ?? selection.name).value, type }]
    const fragment = selection.kind === 'FragmentSpread' ? fragmentOf(prepared, selection.name.value) : selection
    const on = fragment?.typeCondition ? prepared.schema.getType(fragment.typeCondition.name.value) : type
    return fragment && isCompositeType(on) ? selectedIn(prepared, fragment.selectionSet, on as GraphQLObjectType) : []
  })
}

const fragmentOf = ({ document }: Prepared, name: string) =>
  document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === 'FragmentDefinition' && definition.name.value === name,
  )

function isIncluded({ variables }: Prepared, { directives = [] }: SelectionNode): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    const value = given[0]?.value
    const on = value?.kind === 'Variable' ? variables[value.name.value] : value?.kind === 'BooleanValue' && value.value
    if (name.value === 'skip') return !on
    return name.value !== 'include' || Boolean(on)
  })
}
