import type { ReplyDraft } from '../../../../shared/drafts.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { viewTicket } from '../../tickets/index.ts'
import { draftIn } from '../drafting.ts'
import { refuseDoubtful } from '../refusing-doubtful.ts'
import { replyIn } from '../replying.ts'
import { threadOf } from '../thread.ts'
import { actIn } from './acting.ts'
import { listCard, oneCard } from './cards.ts'
import { fillIn, leftIn } from './filling.ts'
import { nameAtWork } from './people.ts'
import { savedRepliesOf, savedReplyIn, textIn } from './replies.ts'
import { languageOf, valuesOf } from './values.ts'

type Answer = { text: string; despiteDoubt: boolean }

type On = { ticketId: string; savedReplyId: string }

/** All that there are, or those whose title has the words. */
export async function showList(ctx: Ctx, ticketId: string, words: string, actor: Actor): Promise<PanelCard> {
  await viewTicket(ctx, ticketId, actor) // refuses a ticket that is none
  const saved = await inWorkspace(ctx, actor.workspaceId, (tx) => savedRepliesOf(tx, actor.id), { reads: true })
  return listCard(ticketId, saved, words, `${ctx.config.http.publicUrl}/settings/replies`)
}

/** One, filled in for a ticket. @param language chosen by hand; the customer's otherwise */
export async function showOne(ctx: Ctx, on: On, language: string | null, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, on.ticketId, actor)
  const { saved, spoken, assignee } = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const saved = await savedReplyIn(tx, on.savedReplyId, actor.id)
      const { assigneeId } = saved.acts
      return { saved, spoken: await languagesIn(tx), assignee: assigneeId ? await nameAtWork(tx, assigneeId) : null }
    },
    { reads: true },
  )
  const chosen = language ?? languageOf(ticket, spoken)
  const text = fillIn(textIn(saved, chosen), valuesOf(ticket))
  return oneCard(ticket, saved, { language: chosen, text, assignee })
}

async function languagesIn(tx: Tx): Promise<string[]> {
  const where = { workspaceId: tx.workspaceId }
  return (await tx.workspace.findUniqueOrThrow({ where, select: { languages: true } })).languages
}

/** Sends what became of a saved reply, and does its acts. @throws DeskError invalid_request while a place is still to be filled */
export async function sendSaved(ctx: Ctx, on: On, answer: Answer, by: Actor): Promise<TicketCardView> {
  const { text, despiteDoubt } = answer
  refuseUnfilled(text)
  await inWorkspace(ctx, by.workspaceId, async (tx) => {
    const saved = await savedReplyIn(tx, on.savedReplyId, by.id)
    await refuseDoubtful(ctx, tx, on.ticketId, despiteDoubt)
    await replyIn(ctx, tx, { ticketId: on.ticketId, text }, by)
    await actIn(tx, on.ticketId, saved, by)
  })
  return viewTicket(ctx, on.ticketId, by)
}

function refuseUnfilled(text: string): void {
  const left = leftIn(text)
  if (left.length === 0) return
  throw new DeskError(
    'invalid_request',
    `Fill in ${left.join(', ')} in the answer, or take it out: the customer would read it so.`,
  )
}

/** The same as a draft in Gmail. Asked for again it changes nothing more, but the count. */
export async function draftSaved(ctx: Ctx, on: On, language: string | null, by: Actor): Promise<ReplyDraft> {
  const values = valuesOf(await viewTicket(ctx, on.ticketId, by))
  return inWorkspace(ctx, by.workspaceId, async (tx) => {
    const saved = await savedReplyIn(tx, on.savedReplyId, by.id)
    const thread = await threadOf(ctx, tx, on.ticketId)
    const text = fillIn(textIn(saved, language ?? thread.language), values)
    const draft = await draftIn(ctx, tx, { ticketId: on.ticketId, thread, text }, by)
    await actIn(tx, on.ticketId, saved, by)
    return draft
  })
}
