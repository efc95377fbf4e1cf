import type { ReplyDraft } from '../../../shared/drafts.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { answerOf } from '../combined-actions/index.ts'
import { refuseInShadow } from '../settings/index.ts'
import { tokenAddress, trickIn } from '../tickets/index.ts'
import { draftStarted } from './events.ts'
import { fillIn } from './saved/filling.ts'
import { savedReplyIn, textIn } from './saved/replies.ts'
import { frame } from './templates/framing.ts'
import { frameFor } from './templates/templates.ts'
import { replySubject, type Thread, threadOf } from './thread.ts'

/** A draft for the agent's own Gmail. Asked for again it is only the record that grows, so it needs no key. */
export const startDraft = (ctx: Ctx, ticketId: string, savedReplyId: string | null, by: Actor): Promise<ReplyDraft> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const thread = await threadOf(ctx, tx, ticketId)
    const text = savedReplyId ? await savedText(tx, savedReplyId, thread, by) : ''
    return draftIn(ctx, tx, { ticketId, thread, text }, by)
  })

type Wish = { ticketId: string; thread: Thread; text: string }

/** The draft inside a transaction, framed as every mail in its language. @throws DeskError in_shadow */
export async function draftIn(ctx: Ctx, tx: Tx, { ticketId, thread, text }: Wish, by: Actor): Promise<ReplyDraft> {
  await refuseInShadow(tx, { ticketId })
  await record(tx, [draftStarted({ ticketId, by })])
  const framed = frame(text, await frameFor(tx, thread.language, by.kind === 'staff' ? by.id : null))
  const doubt = await trickIn(tx, await ctx.keyring.box(tx), ticketId)
  return { ...draftOf(ctx, tx, thread, { text: framed.text, by }), ...(doubt && { doubt }) }
}

/** A draft that tells the customer what an action has done. @throws DeskError in_progress while it is not over */
export const startAnswer = (ctx: Ctx, actionId: string, by: Actor): Promise<ReplyDraft> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const answer = await answerOf(ctx, tx, actionId, by)
    const thread = await threadOf(ctx, tx, answer.ticketId)
    const text = answer.text({ customer: thread.customer.name, agent: by.name })
    return draftIn(ctx, tx, { ticketId: answer.ticketId, thread, text }, by)
  })

/** Its tokens bring the sent mail and the answer back, with or without a routing rule. */
const draftOf = (
  { signer }: Ctx,
  { workspaceId }: Tx,
  { supportAddress, archiveAddress, customer, number, subject }: Thread,
  { text, by }: { text: string; by: Actor },
): ReplyDraft => ({
  from: supportAddress,
  to: customer.address,
  subject: replySubject(subject),
  text,
  replyTo: tokenAddress(signer, workspaceId, supportAddress, number, null),
  bcc: tokenAddress(signer, workspaceId, archiveAddress, number, by.kind === 'staff' ? by.id : null),
})

async function savedText(tx: Tx, id: string, { customer, language }: Thread, by: Actor): Promise<string> {
  const saved = await savedReplyIn(tx, id, by.id)
  return fillIn(textIn(saved, language), { customer: customer.name, agent: by.name })
}
