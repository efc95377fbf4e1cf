import { draftActionAnswer } from '../../../shared/combined-actions.ts'
import {
  getReply,
  listSavedReplies,
  removeSavedReply,
  sendReply,
  startReplyDraft,
  writeSavedReply,
} from '../../../shared/drafts.ts'
import { answerTicket } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { viewTicket } from '../tickets/index.ts'
import { startAnswer, startDraft } from './drafting.ts'
import { reply, replyState } from './replying.ts'
import { fillIn, remove, savedRepliesOf, write } from './saved-replies.ts'

export const draftRoutes = [
  route(sendReply, (ctx: Ctx, { params, body, actor }) => reply(ctx, params.ticketId, body.text, actor)),
  route(answerTicket, async (ctx: Ctx, { params, body, actor }) => {
    await reply(ctx, params.ticketId, body.text, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(getReply, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => replyState(tx, params.ticketId, params.replyId), { reads: true }),
  ),
  route(startReplyDraft, (ctx: Ctx, { params, body, actor }) =>
    startDraft(ctx, params.ticketId, body.savedReplyId, actor),
  ),
  route(draftActionAnswer, (ctx: Ctx, { params, actor }) => startAnswer(ctx, params.actionId, actor)),
  route(listSavedReplies, async (ctx: Ctx, { query, actor }) => {
    const items = await inWorkspace(ctx, actor.workspaceId, savedRepliesOf, { reads: true })
    return {
      items: query.filled ? items.map((item) => ({ ...item, text: fillIn(item.text, { agent: actor.name }) })) : items,
    }
  }),
  route(writeSavedReply, (ctx: Ctx, { params, body, actor }) => write(ctx, params.savedReplyId, body, actor)),
  route(removeSavedReply, async (ctx: Ctx, { params, actor }) => ({
    removed: await remove(ctx, params.savedReplyId, actor),
  })),
]
