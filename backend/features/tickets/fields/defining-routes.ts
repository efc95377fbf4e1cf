import { createField, listFields, writeField } from '../../../../shared/fields.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { definitionsIn } from '../../fields/index.ts'
import { changeField, defineField } from './defining.ts'

export const fieldRoutes: readonly Route<Ctx>[] = [
  route(listFields, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, definitionsIn, { reads: true }),
    next: null,
  })),
  route(createField, (ctx: Ctx, { body, actor }) => defineField(ctx, body, actor)),
  route(writeField, (ctx: Ctx, { params, body, actor }) => changeField(ctx, params.fieldId, body, actor)),
]
