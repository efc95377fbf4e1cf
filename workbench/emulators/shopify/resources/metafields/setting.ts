import { nodeOf } from '../../graphql/nodes.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { drop, put } from '../../store/entries.ts'
import { digestOf, metafieldOf } from './metafield.ts'
import { namespaceOf } from './naming.ts'
import { objectionTo, type Place, placeOf, type Wanted, written } from './writing.ts'

interface Input extends Wanted {
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
  const metafields = inputs.map((input) => written(ctx, input))
  ctx.shop.commit(metafields.map((record) => put('metafields', record)))
  return { metafields, userErrors: [] }
}

function errorsOf(ctx: Ctx, input: Input, elementIndex: number): SetError[] {
  const error = (field: string | null, message: string, code: string): SetError[] => [
    { ...userError(['metafields', String(elementIndex), ...(field ? [field] : [])], message, code), elementIndex },
  ]
  if (!nodeOf(ctx, input.ownerId)) return error('ownerId', 'Owner does not exist.', 'INVALID')
  const objection = objectionTo(ctx, input)
  if (objection && objection.code !== 'TAKEN') return error(objection.field, objection.message, objection.code)
  if (isStale(input, placeOf(ctx, input)))
    return error(
      null,
      'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
      'STALE_OBJECT',
    )
  return objection ? error(objection.field, objection.message, objection.code) : []
}

/** The same value passes whatever digest came with it (facts/shopify-meta.md 1.11). */
function isStale({ compareDigest, value }: Input, { before, type }: Place): boolean {
  if (compareDigest === undefined) return false
  if (before && before.value === value && before.type === type) return false
  return compareDigest !== (before ? digestOf(before) : null)
}

type Identifier = Pick<Input, 'ownerId' | 'key'> & { namespace: string }

function remove(ctx: Ctx, identifiers: Identifier[]) {
  const there = identifiers.map((one) => metafieldOf(ctx, one.ownerId, namespaceOf(ctx, one.namespace), one.key))
  ctx.shop.commit(there.flatMap((metafield) => (metafield ? [drop('metafields', metafield.id)] : [])))
  return { deletedMetafields: identifiers.map((one, index) => (there[index] ? one : null)), userErrors: [] }
}
