import {
  GraphQLError,
  type GraphQLInputType,
  getNamedType,
  getVariableValues,
  isInputObjectType,
  isListType,
  isNonNullType,
  print,
  typeFromAST,
} from 'graphql'
import { isGid } from './gid.ts'
import type { Prepared } from './preparing.ts'

/** Refuses variables that do not fit their types, as Shopify words it. */
export function variableErrors({ schema, operation, variables }: Prepared): GraphQLError[] {
  const definitions = operation.variableDefinitions ?? []
  const { errors } = getVariableValues(schema, definitions, variables)
  if (errors) return errors.map((error) => worded(error, definitions, variables))
  return definitions.flatMap((definition) => {
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined
    const name = definition.variable.name.value
    const bad = type ? badIds(type, variables[name], []) : []
    return bad.map(({ path, value }) =>
      invalid(
        name,
        print(definition.type),
        variables[name],
        [{ path, explanation: `Invalid global id '${value}'` }],
        definition,
      ),
    )
  })
}

type Definition = NonNullable<Prepared['operation']['variableDefinitions']>[number]
interface Problem {
  path: (string | number)[]
  explanation: string
}

function worded(error: GraphQLError, definitions: readonly Definition[], variables: Record<string, unknown>) {
  const [, name = '', rest = ''] = /^Variable "\$(\w+)" ([\s\S]*)$/.exec(error.message) ?? []
  const definition = definitions.find(({ variable }) => variable.name.value === name)
  if (!definition) return error
  const [, at = '', reason = rest] = /^got invalid value [\s\S]*?(?: at "\w+\.?([^"]*)")?; ([\s\S]*)$/.exec(rest) ?? []
  const path = at
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  return invalid(name, print(definition.type), variables[name] ?? null, [problemOf(path, reason)], definition)
}

function problemOf(path: (string | number)[], reason: string): Problem {
  const [, lacking] = /^Field "(\w+)" of required type/.exec(reason) ?? []
  if (lacking) return { path: [...path, lacking], explanation: 'Expected value to not be null' }
  const [, unknown, type] = /^Field "(\w+)" is not defined by type "(\w+)"/.exec(reason) ?? []
  if (unknown) return { path: [...path, unknown], explanation: `Field is not defined on ${type}` }
  if (/must not be null|was not provided|Expected non-nullable/.test(reason))
    return { path, explanation: 'Expected value to not be null' }
  return { path, explanation: reason }
}

function invalid(name: string, type: string, value: unknown, problems: Problem[], node: Definition) {
  const [first] = problems
  const where = first && first.path.length > 0 ? ` for ${first.path.join('.')} (${first.explanation})` : ''
  return new GraphQLError(`Variable $${name} of type ${type} was provided invalid value${where}`, {
    nodes: node,
    extensions: {
      code: 'INVALID_VARIABLE',
      value,
      problems: problems.map((problem) => ({ ...problem, message: problem.explanation })),
    },
  })
}

/** Every value of the type ID that is no id of Shopify's. */
function badIds(
  type: GraphQLInputType,
  value: unknown,
  path: (string | number)[],
): { path: (string | number)[]; value: string }[] {
  if (value === null || value === undefined) return []
  if (isNonNullType(type)) return badIds(type.ofType, value, path)
  if (isListType(type)) return [value].flat().flatMap((one, index) => badIds(type.ofType, one, [...path, index]))
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) =>
      badIds(field.type, (value as Record<string, unknown>)[field.name], [...path, field.name]),
    )
  return getNamedType(type).name === 'ID' && !isGid(String(value)) ? [{ path, value: String(value) }] : []
}
