import { fillTicketFields, getTicketFields, showTicketFields, submitTicketFields } from '../../../../shared/fields.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { showFields, submitFields } from './card.ts'
import { fillTicketIn, presentTicketFields } from './filling.ts'

export const ticketFieldRoutes: readonly Route<Ctx>[] = [
  route(getTicketFields, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => presentTicketFields(ctx, tx, params.ticketId), { reads: true }),
  ),
  route(fillTicketFields, (ctx: Ctx, { params, body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => {
      await fillTicketIn(ctx, tx, params.ticketId, () => body.values, actor)
      return presentTicketFields(ctx, tx, params.ticketId)
    }),
  ),
  route(showTicketFields, (ctx: Ctx, { params, actor }) => showFields(ctx, params.ticketId, actor)),
  route(submitTicketFields, (ctx: Ctx, { params, body, actor }) =>
    submitFields(ctx, params.ticketId, body.fields, actor),
  ),
]
