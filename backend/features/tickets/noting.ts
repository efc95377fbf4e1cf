import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketNoted } from './events.ts'
import { changeTicket, lockGoingOn } from './locking.ts'
import { mentionIn } from './mentioning/mentioning.ts'
import { excerptOf, insertMessage } from './messages.ts'

export const note = (ctx: Ctx, ticketId: string, text: string, by: Actor): Promise<Noted> =>
  inWorkspace(ctx, by.workspaceId, (tx) => noteIn(ctx, tx, { ticketId, text }, by))

/**
 * Where a note is, and what to tell its writer about people whom it names and who are not clear; it is kept all the same.
 */
type Noted = { ticketId: string; problems: string[] }

/**
 * Two people who note at once do not conflict, so a note asks for no version. What was merged goes on elsewhere, and so does a note that
 * was typed on it.
 */
export async function noteIn(
  ctx: Ctx,
  tx: Tx,
  { ticketId: wantedId, text }: { ticketId: string; text: string },
  by: Actor,
): Promise<Noted> {
  const { id: ticketId, subject } = await lockGoingOn(tx, wantedId)
  const messageId = newId(tx.now)
  await insertMessage(tx, await ctx.keyring.box(tx), {
    id: messageId,
    ticketId,
    direction: 'note',
    author: { kind: by.kind, id: by.id },
    mailKey: null,
    automatic: false,
    provenKey: null,
    sentAt: tx.now,
    envelope: { subject, messageId: '', from: { name: by.name, address: '' }, to: [], cc: [] },
    excerpt: excerptOf(text),
    text,
    raw: null,
  })
  await changeTicket(tx, ticketId, { messageCount: { increment: 1 } })
  const { facts, problems } = await mentionIn(tx, { ticketId, messageId, text }, by)
  await record(tx, [ticketNoted({ ticketId, messageId, by }), ...facts])
  return { ticketId, problems }
}
