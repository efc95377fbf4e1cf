import type { z } from 'zod'
import {
  confirmActionDraft,
  createCombinedAction,
  startActionDraft,
  turnActionDraft,
} from '../../../shared/combined-actions.ts'
import type { Endpoint, Method } from '../../../shared/endpoint.ts'
import { getOrder, searchOrders } from '../../../shared/orders.ts'
import {
  assignTicket,
  categoriseTicket,
  createTicket,
  downloadAttachment,
  getTicket,
  getTicketByNumber,
  linkOrder,
  listMessages,
  listTimeline,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  showTimeline,
  type TicketCardView,
  tagTicket,
  unlinkOrder,
  unvoidTicket,
  voidTicket,
} from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { present, section, warning } from '../../platform/panel.ts'
import { publicRoute, type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { actAtOnce, beginForm, confirmForm, turnForm } from './acting.ts'
import { search, viewOrder } from './asking-orders.ts'
import { assign } from './assigning.ts'
import { download } from './attachments.ts'
import { listConversation } from './conversation.ts'
import { createFromMail } from './creating.ts'
import { ticketWithNumber } from './finding.ts'
import { categorise, prioritise, tag } from './labelling.ts'
import { link, unlink } from './linking-orders.ts'
import { move } from './moving.ts'
import { note } from './noting.ts'
import { parseNumber } from './numbers.ts'
import { listTimelineOf, viewTimeline } from './timeline.ts'
import { typedChange } from './typed-tags.ts'
import { cardView, viewTicket } from './viewing.ts'
import { bringBack, makeVoid } from './voiding.ts'

type Act<B> = (ctx: Ctx, ticketId: string, body: B, by: Actor) => Promise<void>
type OnTicket<B extends z.ZodType> = Endpoint<
  Method,
  `/v1/tickets/:ticketId/${string}`,
  z.ZodType,
  B,
  typeof TicketCardView
>

/** An act on one ticket, answered with what its card shows now. */
const changing = <B extends z.ZodType>(endpoint: OnTicket<B>, act: Act<z.infer<B>>): Route<Ctx> =>
  route<OnTicket<B>, Ctx>(endpoint, async (ctx, { params, body, actor }) => {
    const { ticketId } = params as { ticketId: string }
    await act(ctx, ticketId, body, actor)
    return viewTicket(ctx, ticketId, actor)
  })

/** A card that says first what did not go as wished. */
const warned = (view: TicketCardView, problems: readonly string[]): TicketCardView => ({
  ...view,
  sections: [...present(section(null, ...problems.map(warning))), ...view.sections],
})

export const ticketRoutes: readonly Route<Ctx>[] = [
  route(getTicket, (ctx: Ctx, { params, actor }) => viewTicket(ctx, params.ticketId, actor)),
  route(getTicketByNumber, (ctx: Ctx, { params, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        const id = /^TKT-\d{1,9}$/i.test(params.number) ? await ticketWithNumber(tx, parseNumber(params.number)) : null
        if (!id)
          throw new DeskError('not_found', `There is no ticket ${params.number}. A number looks like TKT-000042.`)
        return cardView(ctx, tx, id, actor)
      },
      { reads: true },
    ),
  ),
  route(createTicket, async (ctx: Ctx, { body, actor }) =>
    viewTicket(ctx, (await createFromMail(ctx, body, actor)).ticketId, actor),
  ),
  route(listMessages, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listConversation(ctx, tx, params.ticketId, query), { reads: true }),
  ),
  route(listTimeline, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listTimelineOf(ctx, tx, params.ticketId, query), { reads: true }),
  ),
  route(showTimeline, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => viewTimeline(ctx, tx, params.ticketId, query.cursor), { reads: true }),
  ),
  changing(assignTicket, (ctx, ticketId, { assigneeId, version }, by) =>
    assign(ctx, ticketId, { assigneeId: assigneeId === 'nobody' ? null : assigneeId, version }, by),
  ),
  changing(moveTicket, move),
  changing(prioritiseTicket, prioritise),
  changing(categoriseTicket, (ctx, ticketId, { category, version }, by) =>
    categorise(ctx, ticketId, { category: category === 'none' ? null : category, version }, by),
  ),
  changing(tagTicket, (ctx, ticketId, { tags, shown, ...change }, by) =>
    tag(ctx, ticketId, tags === undefined ? change : typedChange(shown, tags), by),
  ),
  route(noteTicket, async (ctx: Ctx, { params, body, actor }) => {
    const { ticketId, problems } = await note(ctx, params.ticketId, body.text, actor)
    return warned(await viewTicket(ctx, ticketId, actor), problems)
  }),
  changing(voidTicket, makeVoid),
  changing(unvoidTicket, bringBack),
  route(searchOrders, (ctx: Ctx, { params, body, actor }) => search(ctx, params.ticketId, body, actor)),
  route(getOrder, (ctx: Ctx, { params, query, actor }) => viewOrder(ctx, params, query.line, actor)),
  route(linkOrder, async (ctx: Ctx, { params, body, actor }) => {
    await link(ctx, params, body.proof, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(unlinkOrder, async (ctx: Ctx, { params, actor }) => {
    await unlink(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(startActionDraft, (ctx: Ctx, { params, body, actor }) => beginForm(ctx, params, body, actor)),
  route(turnActionDraft, (ctx: Ctx, { params, query, body, actor }) =>
    turnForm(ctx, params, { line: query.line, fields: body.fields }, actor),
  ),
  route(confirmActionDraft, (ctx: Ctx, { params, query, actor }) => confirmForm(ctx, { ...params, ...query }, actor)),
  route(createCombinedAction, (ctx: Ctx, { params, body, actor }) => actAtOnce(ctx, params, body, actor)),
  publicRoute(downloadAttachment, (ctx: Ctx, { params, query }) => download(ctx, params.attachmentId, query)),
]
