import {
  confirmMerge,
  confirmRelated,
  confirmSplit,
  mergeTickets,
  openMergeForm,
  openRegroupCard,
  openRegrouping,
  openRelatedForm,
  openSplitForm,
  previewMerge,
  relateTickets,
  reviewMerge,
  splitTicket,
  undoRegrouping,
  undoRegroupingInPanel,
  unrelateTickets,
} from '../../../../shared/merging.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { merge } from './merging.ts'
import { confirm, openMerge, openOne, openRegroup, review, undoInPanel } from './panel.ts'
import { previewOf } from './previewing.ts'
import { relate, unrelate } from './relating.ts'
import { split } from './splitting.ts'
import { confirmRelatedOf, confirmSplitOf, openRelated, openSplit } from './splitting-panel.ts'
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
  route(openRegroupCard, (ctx: Ctx, { params, actor }) => openRegroup(ctx, params.ticketId, actor)),
  route(openMergeForm, (ctx: Ctx, { params, actor }) => openMerge(ctx, params.ticketId, actor)),
  route(reviewMerge, (ctx: Ctx, { params, query, body, actor }) =>
    review(ctx, params.ticketId, { ...query, ...body }, actor),
  ),
  route(confirmMerge, (ctx: Ctx, { params, query, body, actor }) =>
    confirm(ctx, params.ticketId, { ...query, ...body }, actor),
  ),
  route(openSplitForm, (ctx: Ctx, { params, actor }) => openSplit(ctx, params.ticketId, actor)),
  route(confirmSplit, (ctx: Ctx, { params, body, actor }) => confirmSplitOf(ctx, params.ticketId, body.fields, actor)),
  route(openRelatedForm, (ctx: Ctx, { params, actor }) => openRelated(ctx, params.ticketId, actor)),
  route(confirmRelated, (ctx: Ctx, { params, body, actor }) =>
    confirmRelatedOf(ctx, params.ticketId, body.fields, actor),
  ),
  route(openRegrouping, (ctx: Ctx, { params, actor }) => openOne(ctx, params, actor)),
  route(undoRegroupingInPanel, (ctx: Ctx, { params, actor }) => undoInPanel(ctx, params, actor)),
]
