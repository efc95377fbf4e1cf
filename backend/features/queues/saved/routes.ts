import {
  createSavedView,
  deleteSavedView,
  dropSavedView,
  listSavedViews,
  showSavedViewForm,
  submitSavedViewForm,
  writeSavedView,
} from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { savedViewsOf } from './finding.ts'
import { deleteFromForm, showForm, submitForm } from './form.ts'
import { presentSaved } from './rows.ts'
import { drop, save } from './saving.ts'

export const savedViewRoutes: readonly Route<Ctx>[] = [
  route(listSavedViews, (ctx: Ctx, { actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => ({
        items: (await savedViewsOf(tx, actor.id)).map((view) => presentSaved(view, actor)),
        next: null,
      }),
      { reads: true },
    ),
  ),
  route(createSavedView, async (ctx: Ctx, { body, actor }) => presentSaved(await save(ctx, null, body, actor), actor)),
  route(writeSavedView, async (ctx: Ctx, { params, body, actor }) =>
    presentSaved(await save(ctx, params.savedViewId, body, actor), actor),
  ),
  route(deleteSavedView, async (ctx: Ctx, { params, actor }) => {
    await drop(ctx, params.savedViewId, actor)
    return { id: params.savedViewId }
  }),
  route(showSavedViewForm, (ctx: Ctx, { query, actor }) => showForm(ctx, query.view ?? null, actor)),
  route(submitSavedViewForm, (ctx: Ctx, { query, body, actor }) =>
    submitForm(ctx, query.view ?? null, body.fields, actor),
  ),
  route(dropSavedView, (ctx: Ctx, { query, actor }) => deleteFromForm(ctx, query.view, actor)),
]
