import type { Ctx } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { DefinitionRecord, MetafieldRecord } from '../../store/records/shop.ts'
import { metafieldOf } from './metafield.ts'
import { definitionOf, nameError, namespaceOf, ownerType } from './naming.ts'
import { misfit } from './values.ts'

/** A metafield as an app wants it. The type may be left to the definition, or to what is there already. */
export interface Wanted {
  ownerId: Gid
  namespace?: string | null
  key: string
  value: string
  type?: string | null
}

export interface Place {
  namespace: string
  before: MetafieldRecord | undefined
  definition: DefinitionRecord | undefined
  type: string
}

/** Where it goes, what stands there, and what is said about it. */
export function placeOf(ctx: Ctx, { ownerId, namespace: given, key, type: asked }: Wanted): Place {
  const namespace = namespaceOf(ctx, given)
  const before = metafieldOf(ctx, ownerId, namespace, key)
  const definition = definitionOf(ctx, ownerType(ownerId), namespace, key)
  return { namespace, before, definition, type: asked ?? definition?.type ?? before?.type ?? '' }
}

/** The metafield as it will stand: a new one, or the owner's own with another value. */
export function written(ctx: Ctx, wanted: Wanted): MetafieldRecord {
  const { before, namespace, type } = placeOf(ctx, wanted)
  const { key, value, ownerId } = wanted
  if (before && before.value === value && before.type === type) return before
  const at = ctx.shop.at()
  const id = before?.id ?? ctx.shop.newGid('Metafield')
  return { id, ownerId, namespace, key, type, value, createdAt: before?.createdAt ?? at, updatedAt: at }
}

interface Objection {
  field: 'namespace' | 'key' | 'type' | 'value'
  message: string
  /** Of MetafieldsSetUserErrorCode. */
  code: string
}

export function objectionTo(ctx: Ctx, wanted: Wanted): Objection | undefined {
  const { namespace, definition, type } = placeOf(ctx, wanted)
  const name = nameError(namespace, wanted.key)
  if (name) return name
  if (type === '') return { field: 'type', message: "Type can't be blank", code: 'BLANK' }
  if (definition && definition.type !== type)
    return {
      field: 'type',
      message: `Type '${type}' must be consistent with the definition's type: '${definition.type}'.`,
      code: 'INVALID_TYPE',
    }
  if (wanted.value === '') return { field: 'value', message: "Value can't be blank.", code: 'BLANK' }
  const misfitting = misfit(type, wanted.value)
  if (misfitting) return { field: 'value', message: misfitting, code: 'INVALID_VALUE' }
  return definition?.unique && isTaken(ctx, wanted)
    ? { field: 'value', message: 'Value has already been taken', code: 'TAKEN' }
    : undefined
}

const isTaken = (ctx: Ctx, { namespace, key, value, ownerId }: Wanted) =>
  ctx.shop.tables.metafields
    .by('value', `${namespaceOf(ctx, namespace)}.${key}=${value}`)
    .some((other) => other.ownerId !== ownerId && ownerType(other.ownerId) === ownerType(ownerId))
