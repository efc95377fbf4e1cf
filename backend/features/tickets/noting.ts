import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketNoted } from './events.ts'
import { changeTicket, lockTicket } from './locking.ts'
import { mentionIn } from './mentioning/mentioning.ts'
import { excerptOf, insertMessage } from './messages.ts'

export const note = (ctx: Ctx, ticketId: string, text: string, by: Actor): Promise<string[]> =>
  inWorkspace(ctx, by.workspaceId, (tx) => noteIn(ctx, tx, { ticketId, text }, by))

/**
 * Two people who note at once do not conflict, so a note asks for no version.
 * @returns what to tell the writer about people whom the note names and who are not clear; the note is kept all the same
 */
export async function noteIn(
  ctx: Ctx,
  tx: Tx,
  { ticketId, text }: { ticketId: string; text: string },
  by: Actor,
): Promise<string[]> {
  const ticket = await lockTicket(tx, ticketId)
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
    envelope: { subject: ticket.subject, messageId: '', from: { name: by.name, address: '' }, to: [], cc: [] },
    excerpt: excerptOf(text),
    text,
    raw: null,
  })
  await changeTicket(tx, ticketId, { messageCount: { increment: 1 } })
  const { facts, problems } = await mentionIn(tx, { ticketId, messageId, text }, by)
  await record(tx, [ticketNoted({ ticketId, messageId, by }), ...facts])
  return problems
}
