import type { CustomField, FieldChanges, NewField } from '../../../../shared/fields.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { define, redefine } from '../../fields/index.ts'
import { categoriesIn } from '../categories/categories.ts'

/** Makes a field. @throws DeskError invalid_request for a category that is not there */
export async function defineField(ctx: Ctx, wish: NewField, by: Actor): Promise<CustomField> {
  await refuseUnknown(ctx, wish, by)
  return define(ctx, wish, by)
}

/** Changes a field. @throws DeskError invalid_request for a category that is not there */
export async function changeField(ctx: Ctx, fieldId: string, wish: FieldChanges, by: Actor): Promise<CustomField> {
  await refuseUnknown(ctx, wish, by)
  return redefine(ctx, fieldId, wish, by)
}

/** Retired ones may stay: old tickets have them. */
async function refuseUnknown(ctx: Ctx, { categories }: FieldChanges, { workspaceId }: Actor): Promise<void> {
  if (categories.length === 0) return
  const known = await inWorkspace(ctx, workspaceId, categoriesIn, { reads: true })
  const unknown = categories.filter((category) => !known.some(({ id }) => id === category))
  if (unknown.length > 0)
    throw new DeskError(
      'invalid_request',
      `There is no category ${unknown.join(', ')}. Choose from ${known.map(({ id }) => id).join(', ')}.`,
    )
}
