import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { DefinitionRecord } from '../../store/records/shop.ts'
import { definitionOf, nameError, namespaceOf } from './naming.ts'

interface Input {
  name: string
  namespace?: string | null
  key: string
  ownerType: string
  type: string
  capabilities?: { uniqueValues?: { enabled: boolean } | null } | null
}

interface ListArgs extends PageArgs {
  ownerType: string
  namespace?: string | null
  key?: string | null
}

interface Identifier {
  ownerType: string
  namespace?: string | null
  key: string
}

export const definitionsResource: Resource = {
  queries: {
    metafieldDefinitions: (_: unknown, args: ListArgs, ctx) => connectionOf(listed(ctx, args), args),
    metafieldDefinition: (_: unknown, { id, identifier }: { id?: Gid; identifier?: Identifier }, ctx) =>
      (identifier ? byIdentifier(ctx, identifier) : ctx.shop.tables.definitions.get(id ?? '')) ?? null,
  },
  mutations: {
    metafieldDefinitionCreate: (_: unknown, { definition }: { definition: Input }, ctx) => create(ctx, definition),
  },
  types: {
    MetafieldDefinition: {
      type: ({ type }: DefinitionRecord) => ({
        name: type,
        category: type === 'id' ? 'ID' : 'TEXT',
        supportedValidations: [],
      }),
      capabilities: ({ type, unique }: DefinitionRecord) => ({
        uniqueValues: { enabled: unique, eligible: ELIGIBLE.has(type) },
        adminFilterable: { enabled: false, eligible: true, status: 'NOT_FILTERABLE' },
        smartCollectionCondition: { enabled: false, eligible: false },
      }),
      description: () => null,
      pinnedPosition: () => null,
      useAsCollectionCondition: () => false,
      validationStatus: () => 'ALL_VALID',
      validations: () => [],
    },
  },
  nodes: { MetafieldDefinition: ({ shop }, id) => shop.tables.definitions.get(id) },
}

const ELIGIBLE = new Set(['id', 'single_line_text_field', 'number_integer', 'url'])

const byIdentifier = (ctx: Ctx, { ownerType, namespace, key }: Identifier) =>
  definitionOf(ctx, ownerType, namespaceOf(ctx, namespace), key)

const listed = (ctx: Ctx, { ownerType, namespace, key }: ListArgs) =>
  [...ctx.shop.tables.definitions.all()].filter(
    (one) =>
      one.ownerType === ownerType &&
      (!namespace || one.namespace === namespaceOf(ctx, namespace)) &&
      (!key || one.key === key),
  )

function create(ctx: Ctx, input: Input) {
  const error = errorOf(ctx, input)
  if (error) return refused(error)
  const { name, key, ownerType, type, capabilities } = input
  const createdDefinition: DefinitionRecord = {
    id: ctx.shop.newGid('MetafieldDefinition'),
    ownerType,
    namespace: namespaceOf(ctx, input.namespace),
    key,
    name,
    type,
    unique: type === 'id' || capabilities?.uniqueValues?.enabled === true,
  }
  ctx.shop.commit([put('definitions', createdDefinition)])
  return { createdDefinition, userErrors: [] }
}

function errorOf(ctx: Ctx, { name, namespace, key, ownerType, type, capabilities }: Input): UserError | null {
  const at = (field: string) => ['definition', field]
  if (name.trim() === '') return userError(at('name'), "Name can't be blank", 'BLANK')
  const space = namespaceOf(ctx, namespace)
  const wrong = nameError(space, key)
  if (wrong)
    return userError(at(wrong.field), wrong.message, wrong.code === 'INVALID' ? 'INVALID_CHARACTER' : wrong.code)
  if (type === 'id' && capabilities?.uniqueValues?.enabled === false)
    return userError(
      ['definition', 'capabilities', 'uniqueValues'],
      'The unique_values capability cannot be disabled for the id type.',
      'CAPABILITY_REQUIRED_BUT_DISABLED',
    )
  return definitionOf(ctx, ownerType, space, key)
    ? userError(at('key'), `Key is in use for ${words(ownerType)} metafields on the '${space}' namespace.`, 'TAKEN')
    : null
}

const words = (ownerType: string) => ownerType.charAt(0) + ownerType.slice(1).toLowerCase()
