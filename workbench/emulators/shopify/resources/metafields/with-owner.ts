import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx } from '../../graphql/resource.ts'
import { type Change, put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import { objectionTo, type Wanted, written } from './writing.ts'

/** Metafields that are written together with the order or the draft that owns them. */
export interface MetafieldInput {
  namespace?: string | null
  key?: string | null
  type?: string | null
  value?: string | null
}

type Inputs = readonly MetafieldInput[] | null | undefined

/** Why the owner cannot be written, because of one of its metafields; a new owner has an id that nobody has. */
export function metafieldError(ctx: Ctx, ownerId: Gid, metafields: Inputs): UserError | undefined {
  for (const [index, wanted] of wantedBy(ownerId, metafields).entries()) {
    const objection = objectionTo(ctx, wanted)
    if (objection) return userError(['metafields', String(index), objection.field], objection.message, 'INVALID')
  }
  return undefined
}

export const metafieldsFor = (ctx: Ctx, ownerId: Gid, metafields: Inputs): Change[] =>
  wantedBy(ownerId, metafields).map((wanted) => put('metafields', written(ctx, wanted)))

const wantedBy = (ownerId: Gid, metafields: Inputs): Wanted[] =>
  (metafields ?? []).map((input) => ({ ...input, ownerId, key: input.key ?? '', value: input.value ?? '' }))
