import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketNoted } from './events.ts'
import { changeTicket, lockTicket } from './locking.ts'
import { excerptOf, insertMessage } from './messages.ts'

export const note = (ctx: Ctx, ticketId: string, text: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => noteIn(ctx, tx, { ticketId, text }, by))

/** Two people who note at once do not conflict, so a note asks for no version. */
export async function noteIn(ctx: Ctx, tx: Tx, { ticketId, text }: { ticketId: string; text: string }, by: Actor) {
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
  await record(tx, [ticketNoted({ ticketId, messageId, by })])
}
