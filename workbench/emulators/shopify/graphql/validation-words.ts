import { type ASTNode, type DocumentNode, GraphQLError, visit } from 'graphql'

/** The same complaint as Shopify's server words it, with its code. */
export function inShopifysWords(error: GraphQLError, document: DocumentNode): GraphQLError {
  for (const [form, words] of WORDS) {
    const match = form.exec(error.message)
    if (match) {
      const { message, ...extensions } = words(...match.slice(1))
      return worded(error, document, message, extensions)
    }
  }
  return worded(error, document, error.message, { code: 'graphqlValidation' })
}

type Words = (...found: string[]) => { message: string; code: string } & Record<string, unknown>

const WORDS: [RegExp, Words][] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    (fieldName, typeName) => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      code: 'undefinedField',
      typeName,
      fieldName,
    }),
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    (argumentName, name) => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      code: 'argumentNotAccepted',
      name,
      typeName: 'Field',
      argumentName,
    }),
  ],
  [
    /^Field "(\w+)" argument "(\w+)" of type ".+" is required/,
    (name, missing) => ({
      message: `Field '${name}' is missing required arguments: ${missing}`,
      code: 'missingRequiredArguments',
      className: 'Field',
      name,
      arguments: missing,
    }),
  ],
  [
    /^Field "(\w+)" of type "([^"]+)" must have a selection/,
    (name, type) => ({
      message: `Field must have selections (field '${name}' returns ${type?.replace(/[![\]]/g, '')} but has no selections. Did you mean '${name} { ... }'?)`,
      code: 'selectionMismatch',
      nodeName: `field '${name}'`,
      typeName: type?.replace(/[![\]]/g, ''),
    }),
  ],
  [
    /^Directive "@(\w+)" may not be used on (\w+)/,
    (name, place) => ({
      message: `'@${name}' can't be applied to ${PLACES[place ?? ''] ?? place?.toLowerCase()} (allowed: fields)`,
      code: 'directiveCannotBeApplied',
      directiveName: name,
    }),
  ],
  [
    /^Variable "\$(\w+)" is never used/,
    (variableName) => ({
      message: `Variable $${variableName} is declared by the operation but not used`,
      code: 'variableNotUsed',
      variableName,
    }),
  ],
  [
    /^Variable "\$(\w+)" is not defined/,
    (variableName) => ({
      message: `Variable $${variableName} is used by the operation but not declared`,
      code: 'variableNotDefined',
      variableName,
    }),
  ],
  [
    /^Variable "\$(\w+)" of type "(.+)" used in position expecting type "(.+)"/,
    (variableName, typeName, expected) => ({
      message: `Type mismatch on variable $${variableName} (${typeName} / ${expected})`,
      code: 'variableMismatch',
      variableName,
      typeName,
    }),
  ],
  [
    /^(Expected value of type .*|invalid value for .*|(?:Int|String|Float|Boolean|ID|Enum) .*|Value .* does not exist in .*|Field ".+" (?:of required type|is not defined by type) .*|OneOf Input Object .*)$/,
    (message) => ({ message: message ?? '', code: 'argumentLiteralsIncompatible' }),
  ],
]

const PLACES: Record<string, string> = { MUTATION: 'mutations', QUERY: 'queries' }

const worded = (
  { nodes }: GraphQLError,
  document: DocumentNode,
  message: string,
  extensions: Record<string, unknown>,
) => new GraphQLError(message, { nodes: nodes ?? null, path: pathTo(document, nodes?.[0]), extensions })

/** Where a part stands, operation first, as Shopify tells it. */
function pathTo(document: DocumentNode, wanted: ASTNode | undefined): string[] {
  const path: string[] = []
  let found: string[] = []
  visit(document, {
    enter(node) {
      if (node.kind === 'OperationDefinition') path.push([node.operation, node.name?.value].filter(Boolean).join(' '))
      if (node.kind === 'FragmentDefinition') path.push(`fragment ${node.name.value}`)
      if (node.kind === 'Field') path.push((node.alias ?? node.name).value)
      if (node === wanted) found = [...path]
    },
    leave(node) {
      if (['OperationDefinition', 'FragmentDefinition', 'Field'].includes(node.kind)) path.pop()
    },
  })
  return found
}
