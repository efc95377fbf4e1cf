import { nodeOf } from '../../graphql/nodes.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { drop, put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { MetafieldRecord } from '../../store/records/shop.ts'
import { digestOf, metafieldOf } from './metafield.ts'
import { definitionOf, namespaceOf, ownerType } from './naming.ts'

interface Input {
  ownerId: Gid
  namespace?: string | null
  key: string
  value: string
  type?: string | null
  /** Null: only when there is none yet. Left out: whatever there is. */
  compareDigest?: string | null
}

interface SetError extends UserError {
  elementIndex: number
}

export const settingMetafields: Resource = {
  mutations: {
    metafieldsSet: (_: unknown, { metafields }: { metafields: Input[] }, ctx) => set(ctx, metafields),
    metafieldsDelete: (_: unknown, { metafields }: { metafields: Identifier[] }, ctx) => remove(ctx, metafields),
  },
}

const MOST = 25

/** All or none. */
function set(ctx: Ctx, inputs: Input[]) {
  if (inputs.length > MOST)
    return refused(
      userError('metafields', `Exceeded the maximum metafields input limit of ${MOST}.`, 'LESS_THAN_OR_EQUAL_TO'),
    )
  const errors = inputs.flatMap((input, index) => errorsOf(ctx, input, index))
  if (errors.length > 0) return refused(...errors)
  const metafields = inputs.map((input) => changed(ctx, input))
  ctx.shop.commit(metafields.map((record) => put('metafields', record)))
  return { metafields, userErrors: [] }
}

function changed(ctx: Ctx, input: Input): MetafieldRecord {
  const { before, namespace, type } = found(ctx, input)
  const { key, value, ownerId } = input
  if (before && before.value === value && before.type === type) return before
  const at = ctx.shop.at()
  const id = before?.id ?? ctx.shop.newGid('Metafield')
  return { id, ownerId, namespace, key, type, value, createdAt: before?.createdAt ?? at, updatedAt: at }
}

function found(ctx: Ctx, { ownerId, namespace: given, key, type: asked }: Input) {
  const namespace = namespaceOf(ctx, given)
  const before = metafieldOf(ctx, ownerId, namespace, key)
  const definition = definitionOf(ctx, ownerType(ownerId), namespace, key)
  return { namespace, before, definition, type: asked ?? definition?.type ?? before?.type ?? '' }
}

function errorsOf(ctx: Ctx, input: Input, elementIndex: number): SetError[] {
  const error = (field: string | null, message: string, code: string): SetError[] => [
    { ...userError(['metafields', String(elementIndex), ...(field ? [field] : [])], message, code), elementIndex },
  ]
  if (!nodeOf(ctx, input.ownerId)) return error('ownerId', 'Owner does not exist.', 'INVALID')
  const { before, definition, type } = found(ctx, input)
  if (type === '') return error('type', "Type can't be blank", 'BLANK')
  if (definition && definition.type !== type)
    return error(
      'type',
      `Type '${type}' must be consistent with the definition's type: '${definition.type}'.`,
      'INVALID_TYPE',
    )
  if (input.value === '') return error('value', "Value can't be blank.", 'BLANK')
  if (isStale(input, before, type))
    return error(
      null,
      'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
      'STALE_OBJECT',
    )
  return definition?.unique && isTaken(ctx, input) ? error('value', 'Value has already been taken', 'TAKEN') : []
}

/** The same value passes whatever digest came with it (facts/shopify-meta.md 1.11). */
function isStale(input: Input, before: MetafieldRecord | undefined, type: string): boolean {
  if (input.compareDigest === undefined) return false
  if (before && before.value === input.value && before.type === type) return false
  return input.compareDigest !== (before ? digestOf(before) : null)
}

const isTaken = (ctx: Ctx, { namespace, key, value, ownerId }: Input) =>
  ctx.shop.tables.metafields
    .by('value', `${namespaceOf(ctx, namespace)}.${key}=${value}`)
    .some((other) => other.ownerId !== ownerId && ownerType(other.ownerId) === ownerType(ownerId))

type Identifier = Pick<Input, 'ownerId' | 'key'> & { namespace: string }

function remove(ctx: Ctx, identifiers: Identifier[]) {
  const there = identifiers.map((one) => metafieldOf(ctx, one.ownerId, namespaceOf(ctx, one.namespace), one.key))
  ctx.shop.commit(there.flatMap((metafield) => (metafield ? [drop('metafields', metafield.id)] : [])))
  return { deletedMetafields: identifiers.map((one, index) => (there[index] ? one : null)), userErrors: [] }
}
