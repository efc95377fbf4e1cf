import { expect, test } from '@jest/globals'
import {
  getNamedType,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { SHOPIFY_SCOPES } from '../../backend/clients/shopify/index.ts'
import { BULK_DOCUMENTS, OPERATIONS } from '../../backend/clients/shopify/operations/all.ts'
import { adminSchema } from '../../workbench/emulators/shopify/schema/schema.ts'

const documents: [string, string][] = [
  ...OPERATIONS.map(({ name, document }): [string, string] => [name, document]),
  ...BULK_DOCUMENTS.map((document, index): [string, string] => [`bulk ${index + 1}`, document]),
]

/** What is wrong with a document: against the schema, with what is on its way out, and beyond what we ask to see. */
function problemsOf(text: string): string[] {
  const document = parse(text)
  const errors = validate(adminSchema().graphql, document, [...specifiedRules, NoDeprecatedCustomRule])
  return [...errors.map(({ message }) => message), ...scopesBeyondOurs(text)]
}

function scopesBeyondOurs(text: string): string[] {
  const { graphql, scopes } = adminSchema()
  const ours = new Set<string>(SHOPIFY_SCOPES)
  const found = new Set<string>()
  const types = new TypeInfo(graphql)
  const enter = () => {
    const parent = types.getParentType()?.name
    const field = types.getFieldDef()?.name
    const type = getNamedType(types.getType())?.name
    for (const coordinate of [`${parent}.${field}`, type ?? '']) {
      const any = scopes.get(coordinate)
      if (any && !any.some((scope) => ours.has(scope))) found.add(`${coordinate} needs one of ${any.join(', ')}`)
    }
  }
  visit(parse(text), visitWithTypeInfo(types, { Field: { enter } }))
  return [...found]
}

test.each(documents)('%s fits the schema, uses nothing deprecated, and stays within our scopes', (_name, document) => {
  expect(problemsOf(document)).toEqual([])
})

test.each([
  ['a field that does not exist', 'query Wrong { shop { favouriteColour } }', /favouriteColour/],
  ['a field on its way out', 'query Wrong($id: ID!) { order(id: $id) { totalPrice } }', /deprecated/],
  ['a variable of the wrong type', 'query Wrong($id: Int!) { order(id: $id) { id } }', /type "Int!"/],
  ['a field without its selection', 'query Wrong($id: ID!) { order(id: $id) }', /selection of subfields/],
  ['what we never ask to see', 'query Wrong { themes(first: 1) { nodes { id } } }', /read_themes/],
])('an operation with %s does not pass', (_name, document, problem) => {
  expect(problemsOf(document).join('\n')).toMatch(problem)
})

test('every operation has a name of its own, which is that of its document', () => {
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length)
  for (const { name, kind, document } of OPERATIONS) expect(document).toMatch(new RegExp(`^${kind} ${name}\\b`))
})
