import {
  mergeTickets,
  previewMerge,
  relateTickets,
  splitTicket,
  undoRegrouping,
  unrelateTickets,
} from '../../../../shared/merging.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { merge } from './merging.ts'
import { previewOf } from './previewing.ts'
import { relate, unrelate } from './relating.ts'
import { split } from './splitting.ts'
import { undoRegrouped } from './undoing.ts'

export const mergingRoutes: readonly Route<Ctx>[] = [
  route(previewMerge, (ctx: Ctx, { params, body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => previewOf(tx, params.ticketId, body.ticketIds), { reads: true }),
  ),
  route(mergeTickets, async (ctx: Ctx, { params, body, actor }) => {
    await merge(ctx, params.ticketId, body, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(splitTicket, async (ctx: Ctx, { params, body, actor }) => {
    const { ticketId } = await split(ctx, params.ticketId, body, actor)
    return viewTicket(ctx, ticketId, actor)
  }),
  route(undoRegrouping, async (ctx: Ctx, { params, actor }) => {
    await undoRegrouped(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(relateTickets, async (ctx: Ctx, { params, actor }) => {
    await relate(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(unrelateTickets, async (ctx: Ctx, { params, actor }) => {
    await unrelate(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
]
