import { draftActionAnswer } from '../../../shared/combined-actions.ts'
import {
  getReply,
  listSavedReplies,
  listTemplates,
  removeSavedReply,
  type SavedReply,
  sendReply,
  startReplyDraft,
  writeSavedReply,
  writeSignature,
  writeTemplate,
} from '../../../shared/drafts.ts'
import {
  chooseSending,
  draftSavedReply,
  getClosing,
  getSendingRules,
  refuseThanks,
  searchSavedReplies,
  seeThanks,
  showDoubtfulAnswer,
  showSavedReplies,
  showSavedReply,
  useSavedReply,
  writeClosing,
  writeSendingRules,
} from '../../../shared/sending.ts'
import { answerTicket, sendAnswerAgain } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { viewTicket } from '../tickets/index.ts'
import { closingIn, saveClosing } from './closing/settings.ts'
import { showDoubtful } from './doubtful.ts'
import { startAnswer, startDraft } from './drafting.ts'
import { reply, replyState } from './replying.ts'
import { fillIn } from './saved/filling.ts'
import { remove, savedRepliesOf, write } from './saved/replies.ts'
import { draftSaved, sendSaved, showList, showOne } from './saved/using.ts'
import { chooseAfterSending } from './sending/choosing.ts'
import { writeSendingRules as saveSendingRules, sendingRulesIn } from './sending/rules.ts'
import { sendAgain } from './sending-again.ts'
import { writeSignature as saveSignature, writeTemplate as saveTemplate, templatesIn } from './templates/templates.ts'
import { refuseThanks as answerThanks, seeThanks as leaveThanks } from './thanks/answering.ts'

const reading = <T>(ctx: Ctx, actor: Actor, work: (tx: Tx) => Promise<T>) =>
  inWorkspace(ctx, actor.workspaceId, work, { reads: true })

const answering: readonly Route<Ctx>[] = [
  route(sendReply, (ctx: Ctx, { params, body, actor }) => reply(ctx, params.ticketId, body, actor)),
  route(answerTicket, async (ctx: Ctx, { params, body, actor }) => {
    await reply(ctx, params.ticketId, body, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(sendAnswerAgain, async (ctx: Ctx, { params, body, actor }) => {
    await sendAgain(ctx, { ...params, ...body }, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(showDoubtfulAnswer, (ctx: Ctx, { params, actor }) => showDoubtful(ctx, params.ticketId, actor)),
  route(getReply, (ctx: Ctx, { params, actor }) =>
    reading(ctx, actor, (tx) => replyState(tx, params.ticketId, params.replyId)),
  ),
  route(startReplyDraft, (ctx: Ctx, { params, body, actor }) =>
    startDraft(ctx, params.ticketId, body.savedReplyId, actor),
  ),
  route(draftActionAnswer, (ctx: Ctx, { params, actor }) => startAnswer(ctx, params.actionId, actor)),
  route(chooseSending, async (ctx: Ctx, { params, body, actor }) => {
    await chooseAfterSending(ctx, params.ticketId, body.when, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(seeThanks, async (ctx: Ctx, { params, actor }) => {
    await leaveThanks(ctx, params.ticketId, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(refuseThanks, async (ctx: Ctx, { params, actor }) => {
    await answerThanks(ctx, params.ticketId, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
]

/** As far as a text can be filled in without a ticket. */
const filledBy = (item: SavedReply, agent: string): SavedReply => ({
  ...item,
  text: fillIn(item.text, { agent }),
  variants: Object.fromEntries(
    Object.entries(item.variants).map(([code, text]) => [code, fillIn(text ?? '', { agent })]),
  ),
})

const saved: readonly Route<Ctx>[] = [
  route(listSavedReplies, async (ctx: Ctx, { query, actor }) => {
    const items = await reading(ctx, actor, (tx) => savedRepliesOf(tx, actor.id))
    return {
      items: query.filled ? items.map((item) => filledBy(item, actor.name)) : items,
    }
  }),
  route(writeSavedReply, (ctx: Ctx, { params, body, actor }) => write(ctx, params.savedReplyId, body, actor)),
  route(removeSavedReply, async (ctx: Ctx, { params, actor }) => ({
    removed: await remove(ctx, params.savedReplyId, actor),
  })),
  route(showSavedReplies, (ctx: Ctx, { params, actor }) => showList(ctx, params.ticketId, '', actor)),
  route(searchSavedReplies, (ctx: Ctx, { params, body, actor }) =>
    showList(ctx, params.ticketId, body.fields['words']?.[0]?.trim() ?? '', actor),
  ),
  route(showSavedReply, (ctx: Ctx, { params, query, actor }) => showOne(ctx, params, query.language ?? null, actor)),
  route(draftSavedReply, (ctx: Ctx, { params, query, actor }) =>
    draftSaved(ctx, params, query.language ?? null, actor),
  ),
  route(useSavedReply, (ctx: Ctx, { params, body, actor }) => sendSaved(ctx, params, body, actor)),
]

const settings: readonly Route<Ctx>[] = [
  route(getSendingRules, async (ctx: Ctx, { actor }) => ({ items: await reading(ctx, actor, sendingRulesIn) })),
  route(writeSendingRules, async (ctx: Ctx, { body, actor }) => ({
    items: await saveSendingRules(ctx, body.items, actor),
  })),
  route(getClosing, (ctx: Ctx, { actor }) => reading(ctx, actor, closingIn)),
  route(writeClosing, (ctx: Ctx, { body, actor }) => saveClosing(ctx, body, actor)),
  route(listTemplates, async (ctx: Ctx, { actor }) => ({ items: await reading(ctx, actor, templatesIn) })),
  route(writeTemplate, async (ctx: Ctx, { body, actor }) => ({ items: await saveTemplate(ctx, body, actor) })),
  route(writeSignature, async (ctx: Ctx, { body, actor }) => ({ text: await saveSignature(ctx, body.text, actor) })),
]

export const draftRoutes: readonly Route<Ctx>[] = [...answering, ...saved, ...settings]
